package dev.cubit.zoo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat with one servlet.
 *
 * @param threads most that it has for requests
 */
record ServletStack(int threads) implements Stack {
  /** Held: a level that was set goes with its logger. */
  private static final Logger CONTAINER = Logger.getLogger("org.apache");

  @Override
  public int serve(int port, Work work) throws Exception {
    CONTAINER.setLevel(Level.WARNING);
    var tomcat = new Tomcat();
    tomcat.setBaseDir(Scratch.folder().toString());
    var connector = new Connector();
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", Integer.toString(threads));
    connector.setProperty("minSpareThreads", Integer.toString(Math.min(threads, 10)));
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("acceptCount", "4096");
    tomcat.setConnector(connector);
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "front", new Front(work));
    context.addServletMappingDecoded("/*", "front");
    tomcat.start();
    return connector.getLocalPort();
  }

  private static final class Front extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Work work;

    Front(Work work) {
      this.work = work;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        var body = work.answer(Objects.requireNonNullElse(request.getQueryString(), ""));
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(body);
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
