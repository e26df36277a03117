package dev.cubit.scale.gateway;

/** Methods that a gateway treats in their own way (RFC 9110, section 9). */
enum Method {
  GET(true, true),
  HEAD(true, true),
  OPTIONS(true, true),
  PUT(false, true),
  DELETE(false, true),
  POST(false, false),
  PATCH(false, false),
  /** Any other, of which nothing is known. */
  OTHER(false, false),
  CONNECT(false, false),
  TRACE(true, true);

  private static final Method[] ALL = values();

  /** Asking twice is as good as once, and changes nothing. */
  final boolean isSafe;

  /** Asking twice is as good as once. */
  final boolean isIdempotent;

  @SuppressWarnings("ImmutableEnumChecker") // nobody else sees it
  private final byte[] word = Bytes.of(name());

  Method(boolean safe, boolean idempotent) {
    isSafe = safe;
    isIdempotent = idempotent;
  }

  static Method of(byte[] b, int from, int to) {
    for (Method method : ALL) {
      if (Bytes.same(b, from, to, method.word)) {
        return method;
      }
    }
    return OTHER;
  }
}
