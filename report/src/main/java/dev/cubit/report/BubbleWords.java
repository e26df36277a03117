package dev.cubit.report;

import dev.cubit.diagnose.bubble.Area;
import dev.cubit.diagnose.bubble.Bubble;
import dev.cubit.diagnose.bubble.Bubbles;
import dev.cubit.diagnose.bubble.Edge;
import dev.cubit.diagnose.bubble.Operation;
import dev.cubit.diagnose.bubble.Queue;
import dev.cubit.diagnose.recording.Frame;
import java.util.Optional;

/** What is said of bubbles, on the terminal and in the page alike. */
final class BubbleWords {
  /** A holder who did this for so much of the time is worth a word. */
  private static final double WORTH_A_WORD = 0.25;

  /** From here on whoever is ready to run waits for a core. */
  private static final double FULL_MACHINE = 0.85;

  private static final double MOST = 0.4;

  private BubbleWords() {}

  /** The sentence that names the largest; one more where there is a reason behind it. */
  static String verdict(Bubbles bubbles) {
    double all = bubbles.allSeconds();
    if (all <= 0) {
      return "Nothing waited for a millisecond or longer, and nothing ran: there was no load, or"
          + " none that this JVM has noticed.";
    }
    double unexplained = bubbles.unexplainedSeconds();
    Optional<Bubble> wait = bubbles.largestWait();
    double largest = wait.map(Bubble::seconds).orElse(0.0);
    if (unexplained > Math.max(largest, bubbles.cpuSeconds())) {
      return unexplained(bubbles, unexplained / all);
    }
    if (wait.isEmpty() || bubbles.cpuSeconds() > largest) {
      return Shown.percent(bubbles.cpuSeconds() / all)
          + " of the time is spent running, not waiting: what to make faster is code.";
    }
    return share(wait.get(), all)
        + " of the time a request "
        + did(wait.get()).does()
        + at(wait.get())
        + holders(bubbles, wait.get())
        + ".";
  }

  private static String unexplained(Bubbles bubbles, double share) {
    String begin = Shown.percent(share) + " of the time in flight no thread was at the request: ";
    if (bubbles.queue().isPresent()) {
      return begin + "it queued for " + threads(bubbles.queue().get()) + queueFor(bubbles) + ".";
    }
    return bubbles.machineCpu() >= FULL_MACHINE
        ? begin
            + "the machine's CPU was "
            + Shown.percent(bubbles.machineCpu())
            + " in use, so most of it was waiting for a core."
        : begin + "no event explains it, and the CPU was not full.";
  }

  private static String threads(Queue queue) {
    String name = Plain.line(queue.names());
    String kind = queue.eventLoop() ? "event loop" : "thread";
    String which =
        queue.threads() == 1
            ? "the " + kind + " " + name
            : "one of the " + queue.threads() + " " + kind + "s " + name;
    return which
        + ", "
        + (queue.threads() == 1 ? "" : "all ")
        + "busy for "
        + Shown.percent(queue.busyShare())
        + " of the time";
  }

  private static String queueFor(Bubbles bubbles) {
    return bubbles.edges().stream()
        .filter(e -> bubbles.bubbles().get(e.from()).area() == Area.UNEXPLAINED)
        .findFirst()
        .map(e -> bubbles.bubbles().get(e.to()))
        .map(b -> ", mostly " + did(b).doing() + at(b) + holders(bubbles, b))
        .orElse("");
  }

  private static String share(Bubble bubble, double all) {
    return Shown.percent(bubble.seconds() / all);
  }

  /**
   * What is done with the time of a bubble.
   *
   * @param verb wait, sleep or run
   * @param rest what for, or empty
   */
  private record Did(String verb, String rest) {
    String does() {
      return verb + "s" + rest;
    }

    String many() {
      return verb + rest;
    }

    String doing() {
      return (verb.equals("run") ? "running" : verb + "ing") + rest;
    }
  }

  private static Did did(Bubble bubble) {
    String name = Plain.line(bubble.name());
    return switch (bubble.area()) {
      case LOCK -> new Did("wait", " for the lock " + name);
      case POOL -> new Did("wait", " for one of a limited number: " + name);
      case DATABASE -> new Did("wait", " for the database: " + name);
      case HTTP_CLIENT, SOCKET -> new Did("wait", " for " + who(bubble, name));
      case RESULT -> new Did("wait", " for another thread's result: " + name);
      case DISK -> new Did("wait", " for the disk");
      case SLEEP -> new Did("sleep", "");
      case PINNED -> new Did("wait", " in virtual threads that keep their carrier");
      case GC -> new Did("wait", " for the garbage collector: " + name);
      case OTHER -> new Did("wait", ": " + name);
      case CODE, SERVER, UNEXPLAINED, IDLE -> new Did("run", " " + name);
    };
  }

  private static String who(Bubble bubble, String name) {
    return bubble.addresses().isEmpty()
        ? (name.equals("clients") ? "clients to take their answers" : "another server, " + name)
        : "another server, " + Plain.line(bubble.addresses().getFirst()) + ", by " + name;
  }

  private static String at(Bubble bubble) {
    return bubble.operations().stream()
        .findFirst()
        .filter(o -> bubble.area() != Area.GC)
        .filter(o -> o.seconds() > MOST * bubble.seconds())
        .map(o -> " in " + Plain.line(method(o)))
        .orElse("");
  }

  /** {@code Cart.add} of {@code com.example.shop.Cart.add}. */
  static String method(Operation operation) {
    String site = Frame.withoutProxy(operation.site());
    int dot = site.lastIndexOf('.');
    return site.substring(site.lastIndexOf('.', dot - 1) + 1);
  }

  private static String holders(Bubbles bubbles, Bubble bubble) {
    int index = bubbles.bubbles().indexOf(bubble);
    return bubbles.edges().stream()
        .filter(e -> e.from() == index && e.kind() != Edge.Kind.CALLS)
        .findFirst()
        .filter(e -> e.seconds() > WORTH_A_WORD * bubble.seconds())
        .map(
            e -> {
              Bubble held = bubbles.bubbles().get(e.to());
              return (e.kind() == Edge.Kind.HELD_BY
                      ? ", whose holder " + did(held).does()
                      : ", whose holders likely " + did(held).many())
                  + at(held);
            })
        .orElse("");
  }

  /** What can be done about the largest. */
  static String advice(Bubbles bubbles) {
    Optional<Bubble> wait = bubbles.largestWait();
    double largest = wait.map(Bubble::seconds).orElse(0.0);
    if (bubbles.unexplainedSeconds() > Math.max(largest, bubbles.cpuSeconds())) {
      Optional<Area> behind =
          bubbles.edges().stream()
              .filter(e -> bubbles.bubbles().get(e.from()).area() == Area.UNEXPLAINED)
              .map(e -> bubbles.bubbles().get(e.to()).area())
              .findFirst();
      return bubbles.queue().isPresent() && behind.isPresent()
          ? todo(behind.get())
          : todo(Area.UNEXPLAINED);
    }
    return wait.isEmpty() || bubbles.cpuSeconds() > largest
        ? todo(Area.CODE)
        : todo(wait.get().area());
  }

  /** What a bubble of this area is. */
  static String what(Area area) {
    return switch (area) {
      case CODE -> "CPU time of your own methods; the lines are what they wait for.";
      case SERVER -> "CPU time of the HTTP server, libraries and the JDK outside of your methods.";
      case DATABASE -> "Waits for the answers of a database, a cache or a broker, in its driver.";
      case HTTP_CLIENT -> "Waits for the answers of another server, in an HTTP client.";
      case SOCKET -> "Waits at a socket, by the address at its other end.";
      case LOCK -> "Waits for a lock that another thread holds.";
      case POOL ->
          "Waits for one of a limited number: a permit, a connection, an element of a queue.";
      case RESULT -> "Waits until another thread has a result.";
      case DISK -> "Waits for files to be read, written, or forced to the disk.";
      case SLEEP -> "Thread.sleep: waits for time to pass.";
      case PINNED -> "Waits of virtual threads that keep their carrier: nobody else can run on it.";
      case GC -> "Every request stops while the garbage collector pauses the JVM.";
      case OTHER -> "Waits whose reason the stack does not tell.";
      case UNEXPLAINED ->
          "Requests were in flight, and no event says where: queueing for a thread or a core, the"
              + " network, waits under a millisecond.";
      case IDLE -> "Threads without work. In no request, and in no sum.";
    };
  }

  /** What people do about it. */
  static String todo(Area area) {
    return switch (area) {
      case CODE, SERVER ->
          "cubit flame shows which methods use the CPU; a faster method or another core helps, a"
              + " larger pool does not.";
      case DATABASE ->
          "Look at the query behind the call site: an index, one query instead of many, or a cache."
              + " A larger pool only moves the queue into the database.";
      case HTTP_CLIENT, SOCKET ->
          "Make the other server faster, ask it less often (cache, batch), ask in parallel what"
              + " does not depend on each other, and set a timeout.";
      case LOCK ->
          "Do less while the lock is held, above all no waiting; split it by key, or use a"
              + " concurrent collection or a copy that readers need no lock for.";
      case POOL ->
          "Hold what is borrowed for a shorter time first; then compare the pool's size with the"
              + " requests in flight. It is too small only where what it guards has room.";
      case RESULT ->
          "Look at what the other threads do meanwhile: their bubbles are here too. A pool that"
              + " waits for itself needs more threads or no waiting.";
      case DISK ->
          "Write in batches, force once for several requests, log asynchronously, or use a faster"
              + " disk.";
      case SLEEP ->
          "Ask why it sleeps: polling can become a notification, a retry can back off outside of"
              + " the request.";
      case PINNED ->
          "Move the native or class-initialising call to platform threads; the stacks show which.";
      case GC -> "cubit heap shows who allocates; a larger heap makes pauses rarer.";
      case OTHER -> "The stacks of its operations tell where.";
      case UNEXPLAINED ->
          "cubit doctor looks at threads that leave no event; a load below saturation shows what"
              + " one request needs by itself.";
      case IDLE -> "Nothing to do: these threads are free.";
    };
  }
}
