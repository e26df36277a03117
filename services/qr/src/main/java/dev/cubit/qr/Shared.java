package dev.cubit.qr;

import dev.cubit.server.AccessLog;
import dev.cubit.server.Bodies;

/** What all event loops of one service use together. Closed when the last has ended. */
record Shared(
    Workers workers, Bodies bodies, Documents documents, Metrics metrics, AccessLog accessLog)
    implements AutoCloseable {
  /** Bodies that are being received take a quarter of the heap at most, all together. */
  private static final int HEAP_SHARE = 4;

  static Shared of(QrSettings settings) {
    var workers = new Workers(settings.workers(), settings.queue());
    var accessLog = new AccessLog(settings.accessLog());
    return new Shared(
        workers,
        new Bodies(Runtime.getRuntime().maxMemory() / HEAP_SHARE),
        new Documents(),
        new Metrics(workers, accessLog),
        accessLog);
  }

  @Override
  public void close() {
    workers.close();
    accessLog.close();
  }
}
