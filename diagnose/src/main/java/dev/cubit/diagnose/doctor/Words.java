package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.ledger.Waiters;
import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import java.util.Locale;

/** Figures for people. */
final class Words {
  private Words() {}

  static String percent(double share) {
    double percent = 100 * share;
    return String.format(
        Locale.ROOT, percent > 0 && percent < 9.95 ? "%.1f %%" : "%.0f %%", percent);
  }

  static String count(double number) {
    return String.format(Locale.ROOT, number < 10 ? "%.1f" : "%.0f", number);
  }

  static String millis(double seconds) {
    double millis = seconds * 1_000;
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }

  static String bytes(double bytes) {
    return bytes < 10e6
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }

  static Fact fact(String name, String value) {
    return new Fact(name, value);
  }

  static List<Stack> stacks(List<Waiters> waiters) {
    return waiters.stream()
        .limit(3)
        .map(
            w ->
                new Stack(
                    count(w.threads()) + " threads: " + w.activity().text() + ", " + w.how(),
                    w.example()))
        .toList();
  }

  /** {@code Type.method} without the package, for sentences. */
  static String brief(String name) {
    String[] parts = Frame.withoutProxy(name).split("\\.", -1);
    return parts.length < 2 ? name : parts[parts.length - 2] + "." + parts[parts.length - 1];
  }
}
