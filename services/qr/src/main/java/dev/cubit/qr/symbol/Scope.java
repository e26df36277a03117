package dev.cubit.qr.symbol;

/**
 * Which modules of a strip's widened words count in scoring, so that each is counted in one strip
 * only and nothing beside the symbol is.
 *
 * @param own the modules that are the strip's own
 * @param pairs all that have a next one in their line
 * @param ownPairs the strip's own that have a next one
 */
record Scope(long own, long pairs, long ownPairs) {
  /** For each strip. */
  static Scope[] of(Strips strips) {
    int size = strips.size();
    var scopes = new Scope[strips.count()];
    for (int strip = 0; strip < scopes.length; strip++) {
      long pairs = strips.places(strip, 0, size - 1);
      long own = strips.ownPlaces(strip);
      scopes[strip] = new Scope(own, pairs, own & pairs);
    }
    return scopes;
  }
}
