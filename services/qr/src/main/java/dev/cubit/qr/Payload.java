package dev.cubit.qr;

/** What a code is to say. */
sealed interface Payload {
  /** A text; empty if there is none. */
  record Text(String text) implements Payload {
    @Override
    public boolean isEmpty() {
      return text.isEmpty();
    }

    @Override
    public int length() {
      return text.length();
    }
  }

  /** Bytes as they are. Who makes one gives the array away. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
  record Bytes(byte[] bytes) implements Payload {
    @Override
    public boolean isEmpty() {
      return bytes.length == 0;
    }

    @Override
    public int length() {
      return bytes.length;
    }
  }

  boolean isEmpty();

  /** Characters or bytes. */
  int length();
}
