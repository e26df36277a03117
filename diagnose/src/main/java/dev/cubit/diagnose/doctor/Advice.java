package dev.cubit.diagnose.doctor;

import java.util.List;

/**
 * What there is to know of a cause.
 *
 * @param explanation what it is and why it slows a service, in paragraphs
 * @param fixes what people usually do about it, the best first
 * @param next commands of Cubit that show more, without the words for load and target
 */
public record Advice(List<String> explanation, List<String> fixes, List<String> next) {
  public Advice {
    explanation = List.copyOf(explanation);
    fixes = List.copyOf(fixes);
    next = List.copyOf(next);
  }

  /** Of a cause. */
  public static Advice of(Cause cause) {
    return switch (cause) {
      case HEALTHY ->
          new Advice(
              List.of(
                  "Every request found what it needed: a free thread, a free core, no lock that was"
                      + " taken. A server that is not saturated answers in the time that the work"
                      + " itself takes.",
                  "That holds for this load. A closed load with few connections, or a low rate,"
                      + " cannot show what happens at ten times as much."),
              List.of("raise the load until something gives: more connections, or a higher rate"),
              List.of(
                  "cubit doctor --load [ -c 200 / ] -- COMMAND",
                  "cubit ceiling -c 200 / -- COMMAND"));
      case CPU ->
          new Advice(
              List.of(
                  "All cores run, and they run the application's own code. Requests then wait for a"
                      + " core, and the time of each grows with the number of those that are in"
                      + " flight, while throughput stays where it is.",
                  "Adding threads makes this worse: the same work is done by more of them, with"
                      + " more switches between. Only less work for a request helps, or more cores:"
                      + " on this machine or as clones on others."),
              List.of(
                  "make the hottest method do less: a better algorithm, nothing twice, no work"
                      + " whose result is thrown away",
                  "keep results that are asked for again: a bounded cache before the hot method",
                  "run more clones, once a request is as cheap as it can be"),
              List.of("flame", "baseline"));
      case GC ->
          new Advice(
              List.of(
                  "The collector stops all threads while it works, or takes cores from them, or"
                      + " lets those wait that need memory. Its work grows with what lives in the"
                      + " heap, and its frequency with what is allocated.",
                  "Where most of the heap is still in use after a collection, the heap is too"
                      + " small: every collection looks at everything and frees little. Where"
                      + " little is in use after it, the application makes garbage too fast."),
              List.of(
                  "give it a larger heap (-Xmx), if most of it is in use after a collection; three"
                      + " times the live set is a good beginning",
                  "allocate less at the sites that are named: reuse buffers, stream instead of"
                      + " collecting, no boxing in loops",
                  "choose the collector for the goal: G1 or Parallel for throughput, ZGC for short"
                      + " pauses with a heap that has room"),
              List.of("heap"));
      case LOCK ->
          new Advice(
              List.of(
                  "One thread at a time is in the section that the lock guards; all others wait."
                      + " The service does no more requests a second than one thread does, however"
                      + " many cores there are: Amdahl's law, with the section as its serial part.",
                  "What makes it bad is how long the lock is held, not how often it is taken. A"
                      + " lock that is held over I/O or sleep is the worst case, and cores stay"
                      + " idle."),
              List.of(
                  "take everything out of the section that need not be in it, first I/O and"
                      + " logging",
                  "divide what is guarded: a lock for each key or stripe, ConcurrentHashMap,"
                      + " LongAdder",
                  "do not share: a copy for each request, immutable snapshots that are swapped"),
              List.of("bubble"));
      case POOL ->
          new Advice(
              List.of(
                  "A pool has a number of threads, connections or permits. When all are taken, the"
                      + " next request waits until one is given back. By Little's law a pool of N"
                      + " whose members are held for T seconds each serves N/T requests a second,"
                      + " no more.",
                  "It looks like a slow service on an idle machine. The members are mostly held"
                      + " over a wait: for a database, another service, a lock."),
              List.of(
                  "hold it for a shorter time: give the connection back before the next call,"
                      + " do not call out while holding it",
                  "make it larger, as far as what is behind it can bear: N = rate x time held",
                  "use virtual threads where the pool is of threads that wait"),
              List.of("bubble"));
      case EVENT_LOOP ->
          new Advice(
              List.of(
                  "An event loop serves many connections with one thread, which works as long as"
                      + " nothing on it takes long. What computes or waits there makes every other"
                      + " connection of the loop wait as well, and health checks with them.",
                  "One busy loop on a machine with idle cores is the sign."),
              List.of(
                  "move the work off the loop: executeBlocking, a worker pool, a virtual thread",
                  "use the client that does not block, where the loop waits",
                  "run a loop on each core (more instances of the verticle) where the work is"
                      + " short"),
              List.of("bubble", "flame"));
      case PINNED ->
          new Advice(
              List.of(
                  "A virtual thread that waits is taken off its carrier, so that another can run"
                      + " there. With a native method on its stack, or while a class is being"
                      + " initialised, that cannot be: it keeps the carrier, of which there are as"
                      + " many as cores. When all are kept, nothing runs, and the machine is idle.",
                  "Since Java 24 (JEP 491) synchronized does not pin any more; before, it did."),
              List.of(
                  "do not wait inside of callbacks from native code, nor in static initialisers",
                  "initialise classes that do I/O before the load comes",
                  "run such calls on a pool of platform threads of their own"),
              List.of("bubble"));
      case DOWNSTREAM ->
          new Advice(
              List.of(
                  "Most of a request's time passes in another server. This one has time: its"
                      + " threads and cores wait.",
                  "More threads or clones here bring more requests to the other server, and no"
                      + " answer sooner. What helps is to ask less, to ask at the same time instead"
                      + " of one after the other, or to make the other one faster."),
              List.of(
                  "ask once for many (batch, join), and at the same time what does not depend on"
                      + " each other",
                  "keep answers that may be a little old",
                  "look at the other server: cubit doctor there"),
              List.of("bubble"));
      case DISK ->
          new Advice(
              List.of(
                  "Requests wait for files. To force data to the disk (fsync) takes milliseconds,"
                      + " and many small writes cost a system call each.",
                  "Reads of files that are not in the page cache wait for the device."),
              List.of(
                  "force once for many requests: group commit, a writer thread with a queue",
                  "write through a buffer, in large pieces",
                  "keep what is read often in memory"),
              List.of("bubble"));
      case THROTTLED ->
          new Advice(
              List.of(
                  "The container may use so much CPU time in each period of 100 ms. A JVM with many"
                      + " threads uses that up at the beginning of the period, and then all of them"
                      + " stand still until the next: latency jumps by tens of milliseconds though"
                      + " the machine is idle.",
                  "The collector and the JIT draw on the same account."),
              List.of(
                  "raise the limit, or remove it and keep the request (Kubernetes: requests without"
                      + " limits)",
                  "use fewer threads at a time: -XX:ActiveProcessorCount, smaller pools",
                  "make a request cheaper"),
              List.of("flame"));
      case LEAK ->
          new Advice(
              List.of(
                  "What lives in the heap grows with every request and is never let go: a map"
                      + " without a bound, a list of listeners, a ThreadLocal of a pool's threads.",
                  "The service slows down as the collector has more to look at and frees less, and"
                      + " ends with OutOfMemoryError."),
              List.of(
                  "bound what grows: size and age of caches",
                  "remove what was registered, in finally or try-with-resources",
                  "look who holds the survivors"),
              List.of("heap"));
      case EXCEPTIONS ->
          new Advice(
              List.of(
                  "An exception costs microseconds: its stack is walked when it is made, and again"
                      + " to find its handler, the more the deeper it is. Thousands a second are a"
                      + " load of their own.",
                  "They are mostly control flow: parsing by trial, a lookup that throws where"
                      + " nothing is found, a retry."),
              List.of(
                  "return an Optional or a result instead of throwing for what is expected",
                  "check before parsing",
                  "where it must be thrown: without a stack trace (the constructor with"
                      + " writableStackTrace false)"),
              List.of("flame"));
      case LOGGING ->
          new Advice(
              List.of(
                  "Each line is formatted, often with the caller's place from a stack walk, and"
                      + " written under one lock of the handler or of System.out. Requests queue"
                      + " for it.",
                  "A slow reader of the output (a terminal, a pipe) makes it worse."),
              List.of(
                  "log less in the path of a request: a level above, one line instead of many",
                  "log asynchronously with a bounded queue (AsyncAppender) and a buffered file",
                  "leave caller data (class, line) out of the pattern"),
              List.of("flame", "bubble"));
      case WARM_UP ->
          new Advice(
              List.of(
                  "The JVM begins by interpreting and compiles what runs often. Until that is done,"
                      + " the compiler takes cores from the requests, and they run slow code. What"
                      + " is measured in this time says little of what comes after."),
              List.of(
                  "measure after a longer warm-up: --warmup auto or --warmup 30s",
                  "keep what was learnt: an AOT cache (-XX:AOTCacheOutput, JEP 514, 515)",
                  "let a new clone warm up before it gets its share of requests"),
              List.of("doctor --warmup 30s"));
      case SAFEPOINT ->
          new Advice(
              List.of(
                  "For some of its work the JVM stops all threads: thread dumps, redefinition of"
                      + " classes, deoptimisation. And loading a class is slow: it is read,"
                      + " checked, linked, under locks.",
                  "A service that has run for a minute should do neither all the time. Where it"
                      + " does, something makes class loaders, proxies or scripts for each request,"
                      + " or watches itself too closely."),
              List.of(
                  "make engines, proxies, mappers and class loaders once and keep them",
                  "take thread dumps and stack traces of all threads rarely",
                  "switch agents and monitors off one by one"),
              List.of("flame"));
      case SLEEP ->
          new Advice(
              List.of(
                  "Requests spend their time in Thread.sleep: polling for something, backing off"
                      + " after a failure, or limiting a rate."),
              List.of(
                  "wait for the event instead of polling for it",
                  "let a retry sleep only after a failure, and look why it fails"),
              List.of("bubble"));
      case GENERATOR ->
          new Advice(
              List.of(
                  "The service was not the limit. The load generator, the kernel and the service"
                      + " share this machine, and the service's own work is the smallest part of"
                      + " what keeps it busy; or the generator could not send more.",
                  "Nothing can be concluded about the service from such a load, except that it"
                      + " takes this much at least."),
              List.of(
                  "give the generator cores of its own: taskset, or another machine",
                  "more threads for it: --workers 2",
                  "a lower rate (-R) that the machine can bear, if the question is the latency"),
              List.of("ceiling"));
      case UNKNOWN ->
          new Advice(
              List.of(
                  "What was seen does not add up to a cause, and a guess would send you the wrong"
                      + " way."),
              List.of(
                  "load it for longer (-d 30), with requests that succeed",
                  "name your packages with --app, if the main class is in another",
                  "record under the load of production: --pid"),
              List.of("bubble"));
    };
  }
}
