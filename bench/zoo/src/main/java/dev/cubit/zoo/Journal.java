package dev.cubit.zoo;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last entries of many accounts; each request replaces some, each entry is a chain. */
final class Journal implements Work {
  private record Entry(long amount, String text, List<Entry> before) {}

  private final AtomicReferenceArray<Entry> accounts;
  private final int length;
  private final int changes;

  /** Each account takes about 90 bytes times the length of its chain. */
  Journal(int accounts, int length, int changes) {
    this.accounts = new AtomicReferenceArray<>(accounts);
    this.length = length;
    this.changes = changes;
    for (int i = 0; i < accounts; i++) {
      this.accounts.set(i, chain(i));
    }
  }

  @Override
  public String answer(String query) {
    var random = new Random();
    long sum = 0;
    for (int i = 0; i < changes; i++) {
      var entry = chain(random.nextInt());
      sum += entry.amount() + entry.text().length() + entry.before().size();
      accounts.set(random.nextInt(accounts.length()), entry);
    }
    return "{\"sum\":" + sum + "}";
  }

  private Entry chain(long amount) {
    var entry = new Entry(amount, Long.toString(amount), List.of());
    for (int i = 1; i < length; i++) {
      entry = new Entry(amount + i, Long.toString(amount + i), List.of(entry));
    }
    return entry;
  }
}
