import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Eight tasks at a time that wait in three ways, on platform or on virtual threads. */
public class Waits {
  static final Object LOCK = new Object();
  static final Semaphore PERMITS = new Semaphore(1);
  static int port;

  public static void main(String[] words) throws Exception {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    port = server.getLocalPort();
    Thread.ofPlatform().daemon().start(() -> answer(server));
    ExecutorService executor =
        words[0].equals("virtual")
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newFixedThreadPool(8);
    for (int i = 0; i < 8; i++) {
      int task = i;
      executor.submit(() -> serve(task));
    }
    System.out.println("ready " + port);
    Thread.sleep(60_000); // whoever has started this ends it long before
    System.exit(0);
  }

  static void answer(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> echo(socket));
      } catch (Exception e) {
        return;
      }
    }
  }

  static void echo(Socket socket) {
    try (socket) {
      int b;
      while ((b = socket.getInputStream().read()) >= 0) {
        Thread.sleep(20);
        socket.getOutputStream().write(b);
      }
    } catch (Exception e) {
      return;
    }
  }

  static Object serve(int task) throws Exception {
    while (true) {
      if (task < 3) {
        synchronized (LOCK) {
          Thread.sleep(15);
        }
      } else if (task < 6) {
        PERMITS.acquire();
        Thread.sleep(15);
        PERMITS.release();
      } else {
        ask();
      }
    }
  }

  static void ask() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < 1000; i++) {
        out.write(1);
        in.read();
      }
    }
  }
}
