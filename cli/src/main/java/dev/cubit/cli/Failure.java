package dev.cubit.cli;

import dev.cubit.load.LoadResult;
import java.util.Comparator;
import java.util.Map;

/** Why a load gave nothing, in a sentence. */
final class Failure {
  private Failure() {}

  static String of(LoadResult load) {
    if (!load.statuses().isEmpty()) {
      Map.Entry<Integer, Long> most =
          load.statuses().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
      return most.getValue() + " of " + load.responses() + " responses had status " + most.getKey();
    }
    return load.errors().values().stream()
        .max(Comparator.comparingLong(LoadResult.Errors::count))
        .map(LoadResult.Errors::example)
        .orElse("no request was answered before the end");
  }
}
