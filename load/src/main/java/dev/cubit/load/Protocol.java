package dev.cubit.load;

/** What is spoken on a connection. */
public enum Protocol {
  /** HTTP/1.1, RFC 9112. */
  HTTP_1,
  /** HTTP/2, RFC 9113: by ALPN over TLS (h2), by prior knowledge over plain TCP (h2c). */
  HTTP_2
}
