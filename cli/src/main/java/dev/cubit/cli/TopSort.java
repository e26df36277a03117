package dev.cubit.cli;

import java.util.Comparator;

/** By what the rows of {@code cubit top} are ordered; the largest first, but for names. */
enum TopSort {
  CPU('c', "CPU"),
  MEMORY('m', "memory"),
  REQUESTS('r', "requests a second"),
  P99('p', "p99"),
  /** As the file has the services: rows come in that order. */
  NAME('n', "name");

  final char key;
  final String words;

  TopSort(char key, String words) {
    this.key = key;
    this.words = words;
  }

  /** Equal rows keep the order in which they came. */
  Comparator<TopRow> order() {
    return Comparator.<TopRow>comparingDouble(row -> -weight(row));
  }

  private double weight(TopRow row) {
    return switch (this) {
      case CPU -> row.cpuPercent();
      case MEMORY -> row.rssBytes();
      case REQUESTS -> row.load().requestsPerSecond();
      case P99 -> row.load().p99Millis();
      case NAME -> 0;
    };
  }
}
