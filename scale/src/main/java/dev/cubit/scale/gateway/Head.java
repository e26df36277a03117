package dev.cubit.scale.gateway;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The head of a message as spans of the bytes that it came in: a start line, then fields. It is
 * scanned once, strictly (RFC 9112, section 5): what two programs could read in two ways is
 * refused. Reused for each message; its spans hold until the bytes are overwritten. Hot path.
 */
abstract class Head {
  /** The head's end has not come yet. */
  static final int INCOMPLETE = -1;

  private static final byte[] CLOSE = Bytes.of("close");
  private static final byte[] KEEP_ALIVE = Bytes.of("keep-alive");
  private static final byte[] UPGRADE = Bytes.of("upgrade");
  private static final byte[] CHUNKED = Bytes.of("chunked");

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  byte[] bytes = new byte[0];
  int count;
  final int[] nameFrom;
  final int[] nameTo;
  final int[] valueFrom;
  final int[] valueTo;

  /** Where the line of each field ends, after its CRLF. */
  final int[] lineTo;

  /** What each is, a {@link FieldName}. */
  final byte[] ids;

  boolean http10;
  boolean saysClose;
  boolean saysKeepAlive;
  boolean saysUpgrade;
  boolean chunked;

  /** -1 where there is none. */
  long contentLength;

  Head(int fields) {
    nameFrom = new int[fields];
    nameTo = new int[fields];
    valueFrom = new int[fields];
    valueTo = new int[fields];
    lineTo = new int[fields];
    ids = new byte[fields];
  }

  /**
   * Reads a head.
   *
   * @return the position after it, or {@link #INCOMPLETE}
   */
  abstract int parse(byte[] b, int from, int to) throws BadMessage;

  /** How long one may be. */
  abstract int maxBytes();

  /** Forgets the message before. */
  void begin(byte[] b) {
    bytes = b;
    count = 0;
    http10 = false;
    saysClose = false;
    saysKeepAlive = false;
    saysUpgrade = false;
    chunked = false;
    contentLength = -1;
  }

  /**
   * Scans field lines up to the empty one.
   *
   * @return the position after it, or {@link #INCOMPLETE}
   */
  final int scanFields(int from, int to) throws BadMessage {
    byte[] b = bytes;
    int at = from;
    while (at < to) {
      if (b[at] == '\r') {
        return lineEnd(b, at, to);
      }
      if (count == nameFrom.length) {
        throw new BadMessage(431, "the head has more than " + count + " fields");
      }
      int name = at;
      while (at < to && Bytes.isToken(b[at])) {
        at++;
      }
      if (at == to) {
        return INCOMPLETE;
      }
      if (b[at] != ':' || at == name) {
        throw notAName(b[at], at == name);
      }
      int value = at + 1;
      while (value < to && Bytes.isBlank(b[value])) {
        value++;
      }
      int end = endOfValue(b, value, to);
      int next = end < to ? lineEnd(b, end, to) : INCOMPLETE;
      if (next == INCOMPLETE) {
        return INCOMPLETE;
      }
      while (end > value && Bytes.isBlank(b[end - 1])) {
        end--;
      }
      nameFrom[count] = name;
      nameTo[count] = at;
      valueFrom[count] = value;
      valueTo[count] = end;
      lineTo[count] = next;
      ids[count] = FieldName.of(b, name, at);
      count++;
      at = next;
    }
    return INCOMPLETE;
  }

  private static BadMessage notAName(byte b, boolean first) {
    if (first && Bytes.isBlank(b)) {
      return BadMessage.syntax("a field is folded over two lines");
    }
    return BadMessage.syntax("the name of a field has the byte 0x%02x".formatted(b));
  }

  /** The first position that is no byte of a value: eight at a time, as values are long. */
  private static int endOfValue(byte[] b, int from, int to) {
    int at = from;
    while (at + 8 <= to) {
      long w = (long) LONGS.get(b, at);
      long controls = (w - EACH * ' ') & ~w;
      long x = w ^ (EACH * 0x7f);
      long deletes = (x - EACH) & ~x;
      if (((controls | deletes) & HIGH) != 0) {
        break;
      }
      at += 8;
    }
    while (at < to && Bytes.isValue(b[at])) {
      at++;
    }
    return at;
  }

  /** The position after CRLF. */
  static int lineEnd(byte[] b, int at, int to) throws BadMessage {
    if (b[at] != '\r') {
      throw BadMessage.syntax("a line has the byte 0x%02x".formatted(b[at]));
    }
    if (at + 1 == to) {
      return INCOMPLETE;
    }
    if (b[at + 1] != '\n') {
      throw BadMessage.syntax("a line has a CR without LF");
    }
    return at + 2;
  }

  /** Reads a field that messages of both directions have. */
  final void common(int i) throws BadMessage {
    switch (ids[i]) {
      case FieldName.CONTENT_LENGTH -> contentLength(i);
      case FieldName.TRANSFER_ENCODING -> transferEncoding(i);
      case FieldName.CONNECTION -> connection(i);
      default -> {}
    }
  }

  /** A field that decides where a message ends must be spelt as it is. */
  final void refuseUnderscore(int i) throws BadMessage {
    for (int at = nameFrom[i]; at < nameTo[i]; at++) {
      if (bytes[at] == '_') {
        throw BadMessage.syntax(
            "the field "
                + Bytes.text(bytes, nameFrom[i], nameTo[i])
                + " has an underscore for a hyphen");
      }
    }
  }

  private void contentLength(int i) throws BadMessage {
    int from = valueFrom[i];
    int to = valueTo[i];
    long length = 0;
    for (int at = from; at < to; at++) {
      if (!Bytes.isDigit(bytes[at])) {
        throw BadMessage.syntax("Content-Length is no number");
      }
      length = length * 10 + (bytes[at] - '0');
    }
    if (from == to || to - from > 18) {
      throw BadMessage.syntax("Content-Length is no number of up to 18 digits");
    }
    if (contentLength >= 0) {
      throw BadMessage.syntax("there are two Content-Length fields");
    }
    contentLength = length;
  }

  private void transferEncoding(int i) throws BadMessage {
    if (chunked) {
      throw BadMessage.syntax("there are two Transfer-Encoding fields");
    }
    if (!Bytes.is(bytes, valueFrom[i], valueTo[i], CHUNKED)) {
      throw new BadMessage(501, "the transfer coding is other than chunked");
    }
    chunked = true;
  }

  private void connection(int i) {
    int at = valueFrom[i];
    int end = valueTo[i];
    while (at < end) {
      while (at < end && (bytes[at] == ',' || Bytes.isBlank(bytes[at]))) {
        at++;
      }
      int from = at;
      while (at < end && bytes[at] != ',' && !Bytes.isBlank(bytes[at])) {
        at++;
      }
      option(from, at);
    }
  }

  private void option(int from, int to) {
    if (Bytes.is(bytes, from, to, CLOSE)) {
      saysClose = true;
    } else if (Bytes.is(bytes, from, to, KEEP_ALIVE)) {
      saysKeepAlive = true;
    } else if (Bytes.is(bytes, from, to, UPGRADE)) {
      saysUpgrade = true;
    } else if (to > from) {
      for (int i = 0; i < count; i++) {
        // what the gateway itself reads cannot be wished away: it would change where messages end
        if (ids[i] == FieldName.OTHER && sameName(nameFrom[i], nameTo[i], from, to)) {
          ids[i] = FieldName.NAMED_BY_CONNECTION;
        }
      }
    }
  }

  private boolean sameName(int from, int to, int otherFrom, int otherTo) {
    if (to - from != otherTo - otherFrom) {
      return false;
    }
    for (int i = 0; i < to - from; i++) {
      if (Bytes.FOLDED[bytes[from + i] & 0xff] != Bytes.FOLDED[bytes[otherFrom + i] & 0xff]) {
        return false;
      }
    }
    return true;
  }

  /** Both at once are how requests are smuggled (RFC 9112, section 6.1). */
  final void refuseTwoLengths() throws BadMessage {
    if (chunked && contentLength >= 0) {
      throw BadMessage.syntax("there are both Content-Length and Transfer-Encoding");
    }
    if (chunked && http10) {
      throw BadMessage.syntax("an HTTP/1.0 message has a Transfer-Encoding");
    }
  }

  /**
   * Reads a head that comes in pieces: anew with each line, so that sending it byte by byte does
   * not make it be read as often.
   *
   * @param before how many bytes were there before
   */
  final int parseWithLines(byte[] b, int before, int to) throws BadMessage {
    boolean more = to >= maxBytes();
    for (int at = before; at < to && !more; at++) {
      more = b[at] == '\n';
    }
    return more ? parse(b, 0, to) : INCOMPLETE;
  }

  /** Which field has that name in lower case, or -1. */
  final int find(byte[] name) {
    for (int i = 0; i < count; i++) {
      if (Bytes.is(bytes, nameFrom[i], nameTo[i], name)) {
        return i;
      }
    }
    return -1;
  }

  /** Fields of these names are not passed on. */
  final void leaveOut(byte[][] names) {
    for (int i = 0; i < count; i++) {
      for (byte[] name : names) {
        if (Bytes.is(bytes, nameFrom[i], nameTo[i], name)) {
          ids[i] = FieldName.HOP;
        }
      }
    }
  }

  final boolean valueIs(int i, byte[] value) {
    return Arrays.equals(bytes, valueFrom[i], valueTo[i], value, 0, value.length);
  }
}
