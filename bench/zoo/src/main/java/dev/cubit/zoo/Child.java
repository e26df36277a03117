package dev.cubit.zoo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM of this program, which ends with this one, however this one ends. */
final class Child {
  private Child() {}

  /** Starts the program with these words and returns the port where it listens. */
  static int start(String... words) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Zoo.class.getName()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    // It stands for another machine: what is to be looked at is this JVM alone.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    var process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    // Not closed: its standard input is what keeps it alive.
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var line = out.readLine();
    if (line == null || !line.startsWith(Zoo.LISTENING)) {
      throw new IOException("the child process did not start: " + line);
    }
    return Integer.parseInt(line.substring(Zoo.LISTENING.length()));
  }

  /** In the child: ends the process as soon as nobody holds the other end of standard input. */
  static void endWithParent() {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is ever said.
                }
              } catch (IOException e) {
                // Closed, in another way.
              }
              Runtime.getRuntime().halt(0);
            });
  }
}
