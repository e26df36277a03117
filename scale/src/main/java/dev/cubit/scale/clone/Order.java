package dev.cubit.scale.clone;

import java.util.concurrent.CompletableFuture;

/** What the thread of a place is to do next. */
sealed interface Order {

  /** To put a process of that recipe in the place of the one that runs. */
  record Replace(Recipe recipe, CompletableFuture<Void> done) implements Order {}

  /** To end for good. */
  record Close() implements Order {}

  /** A process has ended. */
  record Died(CloneProcess process, int exitCode) implements Order {}

  /** A process has been unhealthy for too long. */
  record Lost(CloneProcess process) implements Order {}
}
