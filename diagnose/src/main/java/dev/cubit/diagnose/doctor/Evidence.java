package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.MachineUse;
import dev.cubit.diagnose.ledger.Traffic;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All that is known of one load on one JVM. Rules read it.
 *
 * @param window the part of the recording in which the load was
 * @param traffic empty where no load generator of ours was at work
 * @param use empty where only a recording is there
 * @param connections to other servers, by address, in the mean
 * @param dumps of all threads under load, at even distances; empty where none were taken
 */
public record Evidence(
    Recording recording,
    Window window,
    Parties parties,
    Optional<Traffic> traffic,
    Optional<MachineUse> use,
    Ledger ledger,
    Map<String, Double> connections,
    List<ThreadDump> dumps) {
  public Evidence {
    dumps = List.copyOf(dumps);
    connections = Map.copyOf(connections);
  }

  /** Requests in flight, in the mean. */
  double inFlight() {
    return ledger.inFlight();
  }

  /** Requests a second; 0 where not known. */
  double rate() {
    return traffic.map(Traffic::rate).orElse(0.0);
  }

  /** Share of the machine's CPU in use by all, 0 to 1; 0 where not known. */
  double machineBusy() {
    return use.map(MachineUse::busy)
        .orElseGet(
            () ->
                recording.counters().stream()
                    .filter(c -> c.machineTotal() >= 0)
                    .mapToDouble(Recording.Counters::machineTotal)
                    .average()
                    .orElse(0));
  }

  /** Share of the machine's CPU that the JVM uses, 0 to 1; 0 where not known. */
  double jvmShare() {
    return use.map(MachineUse::processShare)
        .orElseGet(
            () ->
                recording.counters().stream()
                    .filter(c -> c.jvmUser() >= 0)
                    .mapToDouble(c -> c.jvmUser() + c.jvmSystem())
                    .average()
                    .orElse(0));
  }

  List<CpuSample> samples() {
    return recording.cpu().stream().filter(sample -> window.has(sample.at())).toList();
  }

  /** Share of the sampled CPU time whose stack is so, 0 to 1; 0 where there are no samples. */
  double cpuShare(Predicate<List<Frame>> stack) {
    double all = 0;
    double such = 0;
    for (CpuSample sample : samples()) {
      all += sample.weightNanos();
      if (stack.test(sample.trace().frames())) {
        such += sample.weightNanos();
      }
    }
    return all == 0 ? 0 : such / all;
  }

  /** Share of the sampled CPU time that is the application's work. */
  double applicationWork() {
    return cpuShare(parties::worksForApplication);
  }

  /** Share of the time that the collector had stopped all threads, 0 to 1. */
  double stopped() {
    double nanos =
        recording.pauses().stream()
            .filter(p -> window.has(p.at()))
            .mapToDouble(Recording.Pause::nanos)
            .sum();
    return Math.min(1, nanos / 1e9 / window.seconds());
  }

  /** Operations for which the JVM stopped all threads, collections left out: share of the time. */
  Map<String, Double> operations() {
    return recording.operations().stream()
        .filter(o -> window.has(o.at()) && o.safepoint() && !isCollection(o.name()))
        .collect(
            Collectors.groupingBy(
                Recording.VmOperation::name,
                Collectors.summingDouble(o -> o.nanos() / 1e9 / window.seconds())));
  }

  /** Share of the time that all threads were stopped, and not for collections, 0 to 1. */
  double halted() {
    return Math.min(1, operations().values().stream().mapToDouble(Double::doubleValue).sum());
  }

  /** To look at the heap is no collection, though it is named like one. */
  private static boolean isCollection(String operation) {
    boolean looks = operation.matches(".*(?:Inspection|Dump|Walk|Iterate).*");
    return !looks
        && (operation.matches(".*(?:GC|Collect|G1|Parallel|Serial|Z[A-Z]|Shenandoah|Heap).*")
            || operation.matches("(?i).*(?:JFR|old ?object).*"));
  }

  /** Threads that wait for memory, in the mean. */
  double stalled() {
    return waiting(Recording.WaitKind.ALLOCATION_STALL);
  }

  /** Threads that wait so, by the recording's events, in the mean. */
  double waiting(Recording.WaitKind kind) {
    return recording.waits().stream()
            .filter(w -> w.kind() == kind && window.has(w.at()))
            .mapToDouble(Recording.Wait::nanos)
            .sum()
        / 1e9
        / window.seconds();
  }
}
