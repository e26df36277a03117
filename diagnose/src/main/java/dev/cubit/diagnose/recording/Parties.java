package dev.cubit.diagnose.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Tells the application's own code from its dependencies and from the JDK.
 *
 * <p>The application is what shares its package with the main class, which the command or the jar's
 * manifest names: the first two parts of it ({@code com.example} of {@code com.example.shop.Main}),
 * or three where the first two are those of a code host or of a company's domain with a country
 * ({@code io.github.someone}, {@code uk.co.shop}). The user's own word goes before that. Remembers
 * what it was asked; for one thread.
 */
public final class Parties {
  private static final List<String> JDK =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "netscape.");

  /** Written for others, never the application: what a wrong guess would most often take for it. */
  private static final List<String> LIBRARIES =
      List.of(
          "akka.",
          "ch.qos.logback.",
          "com.fasterxml.",
          "com.google.common.",
          "com.google.protobuf.",
          "com.mysql.",
          "com.zaxxer.",
          "groovy.",
          "io.grpc.",
          "io.helidon.",
          "io.javalin.",
          "io.micrometer.",
          "io.micronaut.",
          "io.netty.",
          "io.opentelemetry.",
          "io.quarkus.",
          "io.undertow.",
          "io.vertx.",
          "jakarta.",
          "kotlin.",
          "kotlinx.",
          "okhttp3.",
          "org.apache.",
          "org.eclipse.",
          "org.glassfish.",
          "org.h2.",
          "org.hibernate.",
          "org.jboss.",
          "org.postgresql.",
          "org.slf4j.",
          "org.springframework.",
          "org.sqlite.",
          "org.xnio.",
          "reactor.",
          "scala.",
          "tools.jackson.");

  private static final List<String> SHARED_BEGINNINGS =
      List.of("io.github", "com.github", "io.gitlab", "com.gitlab", "org.example");

  private final List<String> application;
  private final Map<String, Party> known = new HashMap<>();

  /**
   * @param application prefixes of its packages; empty: whatever is neither JDK nor a well-known
   *     library
   */
  private Parties(List<String> application) {
    this.application = application;
  }

  /** With the packages that the user named, or guessed from the command. */
  public static Parties of(List<String> named, String javaWords, Path workingFolder) {
    return new Parties(named.isEmpty() ? guess(javaWords, workingFolder) : List.copyOf(named));
  }

  /** The packages taken for the application's own; empty where that could not be guessed. */
  public List<String> application() {
    return application;
  }

  /** Whose it is. */
  public Party of(Frame frame) {
    return switch (frame.kind()) {
      case KERNEL -> Party.KERNEL;
      case NATIVE, INTERPRETED, COMPILED, INLINED, JAVA ->
          frame.type().isEmpty() ? Party.JVM : known.computeIfAbsent(frame.type(), this::ofType);
    };
  }

  /** The topmost frame of the application. */
  public Optional<Frame> applicationFrame(List<Frame> frames) {
    for (Frame frame : frames) {
      if (of(frame) == Party.APPLICATION) {
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  /**
   * True where the top of a stack is work of the application: its own code, or what that has
   * called, unless that is the server's writing of the answer.
   */
  public boolean worksForApplication(List<Frame> frames) {
    for (Frame frame : frames) {
      if (of(frame) == Party.APPLICATION) {
        return true;
      }
      if (ServerFrames.isServer(frame.type())) {
        return false;
      }
    }
    return false;
  }

  private Party ofType(String type) {
    for (String prefix : application) {
      if (prefix.isEmpty() ? type.indexOf('.') < 0 : isIn(type, prefix)) {
        return Party.APPLICATION;
      }
    }
    if (JDK.stream().anyMatch(type::startsWith)) {
      return Party.JDK;
    }
    return application.isEmpty() && LIBRARIES.stream().noneMatch(type::startsWith)
        ? Party.APPLICATION
        : Party.DEPENDENCY;
  }

  private static boolean isIn(String type, String prefix) {
    return type.startsWith(prefix)
        && (type.length() == prefix.length()
            || prefix.endsWith(".")
            || type.charAt(prefix.length()) == '.'
            || type.charAt(prefix.length()) == '$');
  }

  private static List<String> guess(String javaWords, Path workingFolder) {
    String first = javaWords.strip().split("\\s+", -1)[0];
    if (first.isEmpty()) {
      return List.of();
    }
    List<String> mains = new ArrayList<>();
    if (first.endsWith(".jar")) {
      mainOf(workingFolder.resolve(first)).ifPresent(mains::add);
    } else {
      mains.add(first.substring(first.indexOf('/') + 1)); // module/package.Main
    }
    return mains.stream()
        .filter(main -> LIBRARIES.stream().noneMatch(main::startsWith))
        .map(Parties::prefix)
        .toList();
  }

  /** Spring Boot names its launcher as Main-Class and the application's as Start-Class. */
  private static Optional<String> mainOf(Path jar) {
    if (!Files.isReadable(jar)) {
      return Optional.empty();
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      if (manifest == null) {
        return Optional.empty();
      }
      Attributes attributes = manifest.getMainAttributes();
      return Optional.ofNullable(attributes.getValue("Start-Class"))
          .or(() -> Optional.ofNullable(attributes.getValue(Attributes.Name.MAIN_CLASS)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String prefix(String main) {
    String[] parts = main.split("\\.", -1);
    int last = parts.length - 1; // the class itself
    if (last == 0) {
      return "";
    }
    String two = parts[0] + (last > 1 ? "." + parts[1] : "");
    boolean shared =
        SHARED_BEGINNINGS.contains(two)
            || (parts[0].length() == 2 && last > 2 && parts[1].matches("com?|org|ac|gov"));
    return shared && last > 2 ? two + "." + parts[2] : two;
  }
}
