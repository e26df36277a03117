package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.count;
import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.jvm.NativeThread.Kind;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Recording.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JVM stops all threads for other things than collections, or loads classes all the time. */
final class SafepointRule implements Rule {
  private static final double STOPPED = 0.10;
  private static final double CLASSES_A_SECOND = 100;
  private static final double LOADING_CPU = 0.15;

  /** Requests that only wait are not held up by what takes a share of hardly any CPU time. */
  private static final double RUNNING = 0.1;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    Map<String, Double> operations = evidence.operations();
    double stopped = evidence.halted();
    double classes = classes(evidence);
    double loading = evidence.cpuShare(SafepointRule::loadsClass);
    boolean loads =
        classes >= CLASSES_A_SECOND && loading >= LOADING_CPU && running(evidence) >= RUNNING;
    double jvmCores = evidence.use().map(u -> u.cores(Kind.JVM)).orElse(0.0);
    if (stopped < STOPPED && !loads) {
      return Optional.empty();
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("stopped by the JVM, not for collections", percent(stopped) + " of the time"));
    operations.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(3)
        .forEach(e -> facts.add(fact("operation " + e.getKey(), percent(e.getValue()))));
    facts.add(fact("classes loaded", count(classes) + " a second"));
    facts.add(fact("CPU time in loading and linking classes", percent(loading)));
    facts.add(fact("the JVM's own threads", percent(jvmCores) + " of a core"));
    return Optional.of(
        new Finding(
            Cause.SAFEPOINT,
            Math.min(1, Math.max(stopped, loads ? Math.max(loading, 0.3) : 0)),
            loads && loading >= stopped
                ? count(classes)
                    + " classes are loaded a second, which takes "
                    + percent(loading)
                    + " of the CPU time."
                : "The JVM stops all threads for "
                    + percent(stopped)
                    + " of the time, and not for collections: "
                    + operations.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse("")
                    + ".",
            facts,
            HotCode.stacks(evidence, SafepointRule::loadsClass, 3)));
  }

  /** Share of the requests that are on a core or want one; all where that is not known. */
  private static double running(Evidence evidence) {
    Ledger ledger = evidence.ledger();
    return ledger.parts().isEmpty()
        ? 1
        : ledger.share(Item.CPU) + ledger.share(Item.READY) + ledger.share(Item.CPU_QUEUE);
  }

  private static double classes(Evidence evidence) {
    List<Counters> counts =
        evidence.recording().counters().stream()
            .filter(c -> c.loadedClasses() >= 0 && evidence.window().has(c.at()))
            .toList();
    if (counts.size() < 2) {
      return 0;
    }
    return (counts.getLast().loadedClasses() - counts.getFirst().loadedClasses())
        / Math.max(1e-3, (counts.getLast().at() - counts.getFirst().at()) / 1e9);
  }

  private static boolean loadsClass(List<Frame> frames) {
    for (Frame frame : frames) {
      String type = frame.type();
      if (type.equals("java.lang.ClassLoader")
          || type.startsWith("jdk.internal.loader.")
          || type.startsWith("java.lang.invoke.InnerClassLambdaMetafactory")
          || type.startsWith("java.lang.invoke.InvokerBytecodeGenerator")
          || (type.startsWith("java.lang.invoke.MethodHandles$Lookup")
              && frame.method().startsWith("defin"))
          || type.startsWith("java.lang.reflect.ProxyGenerator")
          || type.startsWith("jdk.internal.classfile.")) {
        return true;
      }
    }
    return false;
  }
}
