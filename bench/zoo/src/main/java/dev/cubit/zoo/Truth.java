package dev.cubit.zoo;

import java.util.Locale;

/** What really holds a server back; named as the doctor names it. */
enum Truth {
  HEALTHY,
  CPU,
  GC,
  LOCK,
  POOL,
  EVENT_LOOP,
  PINNED,
  DOWNSTREAM,
  DISK,
  THROTTLED,
  LEAK,
  EXCEPTIONS,
  LOGGING,
  WARM_UP,
  SAFEPOINT,
  GENERATOR;

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
