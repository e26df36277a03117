package dev.cubit.zoo;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The program: starts one of the servers, lists them, or is what a server asks. */
public final class Zoo {
  static final String LISTENING = "listening on ";

  private static final String USAGE =
      """
      Usage: java [FLAGS] -jar zoo.jar NAME      listens on $PORT of loopback; 0 or none: a free one
             java -jar zoo.jar --list            name, truth, JVM flags, load, path; between tabs
             java -jar zoo.jar backend --delay 50ms
             java -jar zoo.jar database
             java -jar zoo.jar invoices 500      healthy; so many positions are made up, sorted and written each time
      """;

  private Zoo() {}

  /** Exit codes: 2 wrong usage, 3 the server cannot be started here. */
  public static void main(String[] args) {
    var first = args.length == 0 ? "" : args[0];
    switch (first) {
      case "--list" -> Catalogue.all().forEach(animal -> System.out.println(animal.line()));
      case "backend" -> child(port -> Backend.start(delay(args)));
      case "database" -> child(port -> Database.start());
      case "invoices" -> start(invoices(args), port(System.getenv()));
      default -> serve(first, System.getenv());
    }
  }

  private static void child(Animal.Start start) {
    Child.endWithParent();
    start(start, 0);
  }

  private static Duration delay(String[] args) {
    return Duration.ofMillis(Long.parseLong(args[2].replace("ms", "")));
  }

  /** What recording costs is measured on it: threads of a container, and CPU in its own code. */
  private static Animal.Start invoices(String[] args) {
    var work = new Invoice(Integer.parseInt(args[1]));
    return port -> new ServletStack(200).serve(port, work);
  }

  private static int port(Map<String, String> environment) {
    return Integer.parseInt(Objects.requireNonNullElse(environment.get("PORT"), "0"));
  }

  private static void serve(String name, Map<String, String> environment) {
    var animal = Catalogue.all().stream().filter(a -> a.name().equals(name)).findFirst();
    if (animal.isEmpty()) {
      System.err.print("zoo: there is no server '" + name + "'\n" + USAGE);
      System.exit(2);
    }
    start(animal.orElseThrow().start(), port(environment));
  }

  private static void start(Animal.Start start, int port) {
    try {
      System.out.println(LISTENING + start.on(port));
    } catch (Exception e) {
      System.err.println("zoo: cannot start: " + e);
      System.exit(3);
    }
  }
}
