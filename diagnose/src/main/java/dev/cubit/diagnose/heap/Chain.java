package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from an object to what keeps it alive, in a form to be read: up to the first static field
 * (beyond is only how class loaders hold classes), repetitions counted.
 */
record Chain(List<Link> links, String root) {
  private static final String STATIC = "static ";
  private static final String ARRAY = "[]";

  static Chain of(List<String> path, String root, Parties parties) {
    List<Link> links = new ArrayList<>();
    for (String step : path) {
      Link link = link(step, parties);
      Link before = links.isEmpty() ? null : links.getLast();
      if (before != null && before.text().equals(link.text())) {
        links.removeLast();
        link =
            new Link(link.type(), link.field(), link.isStatic(), link.party(), before.times() + 1);
      }
      links.add(link);
      if (link.isStatic()) {
        return new Chain(links, "the class " + link.type());
      }
    }
    return new Chain(links, links.isEmpty() ? "" : words(root));
  }

  private static Link link(String step, Parties parties) {
    if (step.endsWith(ARRAY)) {
      String type = TypeNames.source(step.substring(0, step.length() - ARRAY.length()));
      return new Link(type, "", false, party(type.replace(ARRAY, ""), parties), 1);
    }
    boolean isStatic = step.startsWith(STATIC);
    String name = isStatic ? step.substring(STATIC.length()) : step;
    int dot = name.lastIndexOf('.');
    String type = dot < 0 ? name : name.substring(0, dot);
    String field = dot < 0 ? "" : name.substring(dot + 1);
    return new Link(type, field, isStatic, party(type, parties), 1);
  }

  private static Party party(String type, Parties parties) {
    return switch (type) {
      case "byte", "char", "double", "float", "int", "long", "short", "boolean" -> Party.JDK;
      default -> parties.of(new Frame(type, "", 0, Frame.Kind.JAVA));
    };
  }

  /** The JVM's words for a root, in those of people. */
  private static String words(String root) {
    if (root.contains("Stack Variable")) {
      return "a local variable of a running method";
    }
    if (root.contains("JNI")) {
      return "native code";
    }
    if (root.startsWith("Threads") || root.startsWith("Thread ")) {
      return "a thread";
    }
    if (root.startsWith("Class Loader") || root.startsWith("System Dictionary")) {
      return "a class loader";
    }
    return root.isEmpty() ? "" : "the JVM (" + root + ")";
  }

  /**
   * What holds the many: the first field of the application beyond a collection or an array; else
   * the first of the application; else the last of all. Empty where there is no chain.
   */
  String holder() {
    boolean inside = false;
    String best = "";
    for (Link link : links) {
      boolean application = link.party() == Party.APPLICATION && !link.field().isEmpty();
      if (application && inside) {
        return link.text();
      }
      if (application && best.isEmpty()) {
        best = link.text();
      }
      inside |= link.field().isEmpty() || link.party() == Party.JDK;
    }
    return best.isEmpty() && !links.isEmpty() ? links.getLast().text() : best;
  }
}
