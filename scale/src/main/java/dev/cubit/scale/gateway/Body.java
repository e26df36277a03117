package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;

/**
 * Follows a message's body as it passes by, to know where it ends and that its framing is whole
 * (RFC 9112, sections 6 and 7). Strict: no bare LF, no space in a chunk's size line before its
 * extensions, no framing field among the trailers. Reused. Hot path.
 *
 * <pre>
 *   LENGTH ── all bytes ──► DONE                       UNTIL_CLOSE: the connection is its end
 *
 *              digits      CR LF              all bytes
 *   SIZE ──► DIGITS ────────────► CHUNK ─────────────────► CHUNK_CR ──► CHUNK_LF ──► SIZE
 *              │ ;      ▲   │ size 0
 *              └► EXTENSION │
 *                           └──► TRAILER ──► NAME ──► VALUE ──► VALUE_LF ──► TRAILER
 *                                   │ CR
 *                                   └──► LAST_LF ──► DONE
 * </pre>
 */
final class Body {
  private static final int MOST_DIGITS = 15;
  private static final int MOST_EXTENSION_BYTES = 16 << 10;
  private static final int MOST_TRAILER_BYTES = 16 << 10;
  private static final int MOST_NAME = 128;

  private enum State {
    DONE,
    LENGTH,
    UNTIL_CLOSE,
    SIZE,
    DIGITS,
    EXTENSION,
    SIZE_LF,
    CHUNK,
    CHUNK_CR,
    CHUNK_LF,
    TRAILER,
    NAME,
    VALUE,
    VALUE_LF,
    LAST_LF
  }

  private State state = State.DONE;
  private long remaining;
  private long passed;
  private int digits;
  private int extensionBytes;
  private int trailerBytes;
  private byte[] name = new byte[0];
  private int nameLength;

  /** No body. */
  void none() {
    begin(State.DONE, 0);
  }

  /** Of that many bytes. */
  void length(long bytes) {
    begin(bytes == 0 ? State.DONE : State.LENGTH, bytes);
  }

  void chunked() {
    begin(State.SIZE, 0);
  }

  void untilClose() {
    begin(State.UNTIL_CLOSE, 0);
  }

  private void begin(State first, long bytes) {
    state = first;
    remaining = bytes;
    passed = 0;
    extensionBytes = 0;
    trailerBytes = 0;
  }

  boolean isDone() {
    return state == State.DONE;
  }

  boolean endsWithConnection() {
    return state == State.UNTIL_CLOSE;
  }

  /** Bytes of content that have passed, framing not counted. */
  long passed() {
    return passed;
  }

  /** Passes all that is this body's: as much as there is, or up to its end. */
  void pass(ByteBuf in) throws BadMessage {
    while (state != State.DONE && in.isReadable()) {
      step(in);
    }
  }

  /**
   * Passes one run of bytes that are all content or all framing.
   *
   * @return how many bytes of content it was; 0: framing
   */
  int step(ByteBuf in) throws BadMessage {
    return switch (state) {
      case DONE -> throw new IllegalStateException("the body has ended");
      case UNTIL_CLOSE -> skip(in, in.readableBytes());
      case LENGTH, CHUNK -> content(in);
      default -> framing(in);
    };
  }

  private int content(ByteBuf in) {
    int n = skip(in, (int) Math.min(remaining, in.readableBytes()));
    remaining -= n;
    if (remaining == 0) {
      state = state == State.LENGTH ? State.DONE : State.CHUNK_CR;
    }
    return n;
  }

  private int skip(ByteBuf in, int n) {
    in.skipBytes(n);
    passed += n;
    return n;
  }

  private int framing(ByteBuf in) throws BadMessage {
    while (in.isReadable() && state != State.CHUNK && state != State.DONE) {
      byte b = in.readByte();
      switch (state) {
        case SIZE -> {
          remaining = 0;
          digits = 0;
          digit(b);
          state = State.DIGITS;
        }
        case DIGITS -> {
          if (b == '\r') {
            state = State.SIZE_LF;
          } else if (b == ';') {
            state = State.EXTENSION;
          } else {
            digit(b);
          }
        }
        case EXTENSION -> extension(b);
        case SIZE_LF -> {
          expect(b, '\n', "the size line of a chunk");
          state = remaining == 0 ? State.TRAILER : State.CHUNK;
        }
        case CHUNK_CR -> {
          expect(b, '\r', "a chunk");
          state = State.CHUNK_LF;
        }
        case CHUNK_LF -> {
          expect(b, '\n', "a chunk");
          state = State.SIZE;
        }
        default -> trailer(b);
      }
    }
    return 0;
  }

  private void digit(byte b) throws BadMessage {
    int digit = Bytes.hex(b);
    if (digit < 0) {
      throw BadMessage.syntax("the size of a chunk has the byte 0x%02x".formatted(b));
    }
    if (++digits > MOST_DIGITS) {
      throw BadMessage.syntax("the size of a chunk has more than " + MOST_DIGITS + " digits");
    }
    remaining = remaining << 4 | digit;
  }

  /** They mean nothing to us; an endless stream of them is an attack. */
  private void extension(byte b) throws BadMessage {
    if (++extensionBytes > MOST_EXTENSION_BYTES) {
      throw BadMessage.syntax("the extensions of chunks are longer than 16 KiB");
    }
    if (b == '\r') {
      state = State.SIZE_LF;
    } else if (!Bytes.isValue(b)) {
      throw BadMessage.syntax("the extension of a chunk has the byte 0x%02x".formatted(b));
    }
  }

  private void trailer(byte b) throws BadMessage {
    if (++trailerBytes > MOST_TRAILER_BYTES) {
      throw new BadMessage(431, "the trailers are longer than 16 KiB");
    }
    switch (state) {
      case TRAILER -> {
        if (b == '\r') {
          state = State.LAST_LF;
        } else {
          nameLength = 0;
          state = State.NAME;
          name(b);
        }
      }
      case NAME -> name(b);
      case VALUE -> {
        if (b == '\r') {
          state = State.VALUE_LF;
        } else if (!Bytes.isValue(b)) {
          throw BadMessage.syntax("a trailer has the byte 0x%02x".formatted(b));
        }
      }
      case VALUE_LF -> {
        expect(b, '\n', "a trailer");
        state = State.TRAILER;
      }
      default -> {
        expect(b, '\n', "the trailers");
        state = State.DONE;
      }
    }
  }

  private void name(byte b) throws BadMessage {
    if (b == ':' && nameLength > 0) {
      if (FieldName.isForbiddenInTrailers(FieldName.of(name, 0, nameLength))) {
        throw BadMessage.syntax("the trailers have the field " + Bytes.text(name, 0, nameLength));
      }
      state = State.VALUE;
    } else if (!Bytes.isToken(b) || nameLength == MOST_NAME) {
      throw BadMessage.syntax("the name of a trailer is none");
    } else {
      if (name.length == 0) {
        name = new byte[MOST_NAME];
      }
      name[nameLength++] = b;
    }
  }

  private static void expect(byte b, char wanted, String where) throws BadMessage {
    if (b != wanted) {
      throw BadMessage.syntax(where + " does not end with CRLF");
    }
  }
}
