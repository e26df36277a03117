package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.doctor.Diagnosis.HotMethod;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The methods and stacks that the CPU time goes to. */
final class HotCode {
  private HotCode() {}

  /** The hottest methods by their own time. */
  static List<HotMethod> methods(Evidence evidence, int most) {
    Map<String, double[]> times = new HashMap<>(); // own, total
    Map<String, Party> parties = new HashMap<>();
    double all = 0;
    Parties whose = evidence.parties();
    for (CpuSample sample : evidence.samples()) {
      all += sample.weightNanos();
      Set<String> seen = new HashSet<>();
      List<Frame> frames = sample.trace().frames();
      for (int i = 0; i < frames.size(); i++) {
        Frame frame = frames.get(i);
        String name = frame.name();
        double[] time = times.computeIfAbsent(name, n -> new double[2]);
        parties.putIfAbsent(name, whose.of(frame));
        if (i == 0) {
          time[0] += sample.weightNanos();
        }
        if (seen.add(name)) {
          time[1] += sample.weightNanos();
        }
      }
    }
    double whole = Math.max(1, all);
    List<HotMethod> methods = new ArrayList<>();
    times.forEach(
        (name, time) ->
            methods.add(
                new HotMethod(
                    name,
                    parties.getOrDefault(name, Party.JVM),
                    time[0] / whole,
                    time[1] / whole)));
    return methods.stream()
        .filter(m -> m.self() > 0)
        .sorted(Comparator.comparingDouble(HotMethod::self).reversed())
        .limit(most)
        .toList();
  }

  /** The topmost frames of the application by the CPU time above them, with the package's share. */
  static Map<String, Double> sites(Evidence evidence, Predicate<List<Frame>> which) {
    Map<String, Double> sites = new HashMap<>();
    double all = 0;
    for (CpuSample sample : evidence.samples()) {
      all += sample.weightNanos();
      if (which.test(sample.trace().frames())) {
        evidence
            .parties()
            .applicationFrame(sample.trace().frames())
            .ifPresent(f -> sites.merge(f.name(), (double) sample.weightNanos(), Double::sum));
      }
    }
    double whole = Math.max(1, all);
    Map<String, Double> sorted = new LinkedHashMap<>();
    sites.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(5)
        .forEach(e -> sorted.put(e.getKey(), e.getValue() / whole));
    return sorted;
  }

  /** Stacks with the most CPU time among those wanted, each of another top. */
  static List<Stack> stacks(Evidence evidence, Predicate<List<Frame>> which, int most) {
    Map<String, Double> weights = new HashMap<>();
    Map<String, List<Frame>> examples = new HashMap<>();
    double all = 0;
    for (CpuSample sample : evidence.samples()) {
      List<Frame> frames = sample.trace().frames();
      all += sample.weightNanos();
      if (!frames.isEmpty() && which.test(frames)) {
        String key =
            frames.getFirst().name()
                + evidence.parties().applicationFrame(frames).map(Frame::name).orElse("");
        weights.merge(key, (double) sample.weightNanos(), Double::sum);
        examples.putIfAbsent(key, frames);
      }
    }
    double whole = Math.max(1, all);
    return weights.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(most)
        .map(
            e ->
                new Stack(
                    Words.percent(e.getValue() / whole) + " of the CPU time",
                    examples.getOrDefault(e.getKey(), List.of())))
        .toList();
  }
}
