package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.count;
import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.ledger.Ledger.Part;
import dev.cubit.diagnose.ledger.Waiters;
import dev.cubit.diagnose.recording.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests' time or the CPU's goes to writing lines. */
final class LoggingRule implements Rule {
  private static final double OF_REQUESTS = 0.25;
  private static final double OF_CPU = 0.3;

  private static final List<String> LOGGERS =
      List.of(
          "java.util.logging.",
          "java.io.PrintStream",
          "java.lang.System$Logger",
          "sun.util.logging.",
          "ch.qos.logback.",
          "org.apache.logging.log4j.",
          "org.apache.log4j.",
          "org.apache.juli.",
          "org.slf4j.",
          "org.jboss.logging.",
          "org.jboss.logmanager.",
          "org.tinylog.");

  @Override
  public Optional<Finding> check(Evidence evidence) {
    double cpu = evidence.cpuShare(LoggingRule::logs);
    List<Waiters> waiters =
        evidence.ledger().parts().stream()
            .map(Part::waiters)
            .flatMap(List::stream)
            .filter(w -> logs(w.example()))
            .toList();
    double waiting = waiters.stream().mapToDouble(Waiters::threads).sum();
    double ofRequests = evidence.inFlight() <= 0 ? 0 : Math.min(1, waiting / evidence.inFlight());
    boolean holdsUp = ofRequests >= OF_REQUESTS && waiting >= 1;
    boolean costs = cpu >= OF_CPU && evidence.jvmShare() >= 0.2;
    if (!holdsUp && !costs) {
      return Optional.empty();
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("CPU time in loggers and print streams", percent(cpu)));
    facts.add(
        fact(
            "requests that wait in them",
            count(waiting) + " of " + count(evidence.inFlight()) + " in flight"));
    Map<String, Double> sites = HotCode.sites(evidence, LoggingRule::logs);
    sites.forEach((site, share) -> facts.add(fact("called in " + site, percent(share))));
    List<Stack> stacks = new ArrayList<>(Words.stacks(waiters));
    stacks.addAll(HotCode.stacks(evidence, LoggingRule::logs, 2));
    double share = Math.max(holdsUp ? ofRequests : 0, costs ? cpu : 0);
    String where =
        sites.isEmpty() ? "" : ", called in " + Words.brief(sites.keySet().iterator().next());
    return Optional.of(
        new Finding(
            Cause.LOGGING,
            Math.min(1, share),
            percent(share)
                + (costs && cpu >= ofRequests
                    ? " of the JVM's CPU time goes to writing lines"
                    : " of the requests in flight wait to write a line")
                + where
                + ".",
            facts,
            stacks));
  }

  static boolean logs(List<Frame> frames) {
    for (Frame frame : frames) {
      String type = frame.type();
      for (String logger : LOGGERS) {
        if (type.startsWith(logger)) {
          return true;
        }
      }
    }
    return false;
  }
}
