package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Diagnosis.HotMethod;
import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The cores are taken, by the application's own work. */
final class CpuRule implements Rule {
  private static final double MACHINE_BUSY = 0.85;
  private static final double JVM_LEAST = 0.3;

  /** Below that, the CPU goes to serving as such: sockets, HTTP, the kernel. */
  private static final double APPLICATION_LEAST = 0.25;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    double work = evidence.applicationWork();
    double jvm = evidence.jvmShare();
    if (evidence.machineBusy() < MACHINE_BUSY || jvm < JVM_LEAST || work < APPLICATION_LEAST) {
      return Optional.empty();
    }
    List<HotMethod> hottest = HotCode.methods(evidence, 5);
    Map<String, Double> sites = HotCode.sites(evidence, evidence.parties()::worksForApplication);
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("machine busy", percent(evidence.machineBusy())));
    facts.add(fact("of that the JVM", percent(jvm / evidence.machineBusy())));
    facts.add(fact("application's work, of the JVM's CPU time", percent(work)));
    evidence
        .use()
        .filter(u -> evidence.rate() > 0)
        .ifPresent(
            u ->
                facts.add(
                    fact(
                        "CPU time per request", Words.millis(u.processCores() / evidence.rate()))));
    hottest.forEach(m -> facts.add(fact(m.name(), percent(m.self()) + " of the CPU time")));
    packages(evidence).forEach((name, share) -> facts.add(fact("package " + name, percent(share))));
    String where =
        sites.isEmpty() ? "the application" : Words.brief(sites.keySet().iterator().next());
    return Optional.of(
        new Finding(
            Cause.CPU,
            Math.min(1, jvm / evidence.machineBusy() * Math.max(work, 0.5)),
            "All cores are busy, and "
                + percent(work)
                + " of the JVM's CPU time is the application's own work; most of it under "
                + where
                + ".",
            facts,
            HotCode.stacks(evidence, evidence.parties()::worksForApplication, 3)));
  }

  /** CPU time by the package of the topmost frame that is not the JDK's. */
  private static Map<String, Double> packages(Evidence evidence) {
    Map<String, Double> shares = new TreeMap<>();
    for (var sample : evidence.samples()) {
      for (Frame frame : sample.trace().frames()) {
        Party party = evidence.parties().of(frame);
        if (party == Party.APPLICATION || party == Party.DEPENDENCY) {
          shares.merge(frame.packageName(), (double) sample.weightNanos(), Double::sum);
          break;
        }
      }
    }
    double all = evidence.samples().stream().mapToDouble(s -> s.weightNanos()).sum();
    Map<String, Double> top = new LinkedHashMap<>();
    shares.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(4)
        .forEach(e -> top.put(e.getKey(), e.getValue() / Math.max(1, all)));
    return top;
  }
}
