package dev.cubit.observe;

import org.slf4j.LoggerFactory;

/** A program that says one thing on each level; with the word "unasked" it never configures. */
final class Talker {
  private Talker() {}

  public static void main(String[] args) {
    if (args.length == 0) {
      try {
        Logs.configure(System.getenv());
      } catch (ObserveException e) {
        System.err.println(e.getMessage());
        System.exit(2);
      }
    }
    var log = LoggerFactory.getLogger("dev.cubit.talker");
    log.trace("a trace");
    log.debug("a detail");
    log.info("{} clones of \"{}\"\nare ready", 3, "qr");
    log.warn("a warning", new IllegalStateException("the cause"));
    LoggerFactory.getLogger("io.netty.something").debug("a library's detail");
  }
}
