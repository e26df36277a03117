package dev.cubit.scale;

/**
 * What a service, a clone or a server carries: over the last seconds, see {@link Meter}.
 *
 * @param requestsPerSecond answered or failed
 * @param errorsPerSecond answered 5xx, or not at all; not those that clients gave up
 * @param inFlight now
 * @param p50Millis half of the whole answers were as fast; 0 where there were none
 * @param p99Millis 99 % of them
 * @param requests since it is there
 * @param ejectedBy how many event loops of the gateway leave it alone just now, as it failed or was
 *     slow
 */
public record Load(
    double requestsPerSecond,
    double errorsPerSecond,
    long inFlight,
    double p50Millis,
    double p99Millis,
    long requests,
    long ejectedBy) {
  static final Load NONE = new Load(0, 0, 0, 0, 0, 0, 0);
}
