package dev.cubit.scale.clone;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** What happens to clones, told in the order in which it does. */
public sealed interface FleetEvent {

  /** The service that it is about. */
  String service();

  /** One that is about a single process. */
  sealed interface OfClone extends FleetEvent {
    /** The clone that has it. */
    Clone of();

    @Override
    default String service() {
      return of().service();
    }
  }

  /** A process has been started. */
  record Started(Clone of) implements OfClone {}

  /** It takes requests from now on. */
  record Ready(Clone of, Duration after) implements OfClone {}

  /**
   * A process did not get ready, and was ended.
   *
   * @param why a sentence
   * @param lastOutput its last lines, at most 20
   */
  record Failed(String service, String name, String why, List<String> lastOutput)
      implements FleetEvent {
    public Failed {
      lastOutput = List.copyOf(lastOutput);
    }
  }

  /** A process has ended that should not have. */
  record Crashed(Clone of, int exitCode, Duration lived, List<String> lastOutput)
      implements OfClone {
    public Crashed {
      lastOutput = List.copyOf(lastOutput);
    }
  }

  /** It is started again after a pause. */
  record BackingOff(String service, String name, Duration pause) implements FleetEvent {}

  /** It has died at once too often, and is left alone until it is reloaded. */
  record Parked(String service, String name, String why, List<String> lastOutput)
      implements FleetEvent {
    public Parked {
      lastOutput = List.copyOf(lastOutput);
    }
  }

  /** It fails its health checks and gets no requests. */
  record Unhealthy(Clone of, String why) implements OfClone {}

  /** It passes its health checks again. */
  record Healthy(Clone of) implements OfClone {}

  /** It gets no new requests, and is ended when it has answered the last. */
  record Draining(Clone of) implements OfClone {}

  /**
   * It was ended.
   *
   * @param drained whether its last requests were answered within the grace time
   * @param gently whether it has ended by SIGTERM
   */
  record Ended(Clone of, boolean drained, boolean gently, OptionalInt exitCode)
      implements OfClone {}

  /** It is replaced, as it has reached a bound. */
  record Recycling(Clone of, String why) implements OfClone {}

  /**
   * An operation waits for the one before on that service.
   *
   * @param what as {@code reload}
   */
  record Queued(String service, String what) implements FleetEvent {}

  /** An operation has begun. */
  record Begun(String service, String what) implements FleetEvent {}

  /** An operation is done. */
  record Done(String service, String what) implements FleetEvent {}

  /** An operation could not be done, and has been undone. */
  record Undone(String service, String what, String why) implements FleetEvent {}
}
