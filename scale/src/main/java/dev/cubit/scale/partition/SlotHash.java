package dev.cubit.scale.partition;

/**
 * MurmurHash3_x86_32 with seed 0 of a text's UTF-8 bytes (Austin Appleby, public domain). Makes the
 * bytes as it goes, so that it allocates nothing. Hot path.
 */
final class SlotHash {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private SlotHash() {}

  /**
   * Which of so many slots: by the hash's place among all hashes, so that slots are hash ranges.
   */
  static int slot(String key, int slots) {
    return (int) (((of(key) & 0xFFFF_FFFFL) * slots) >>> 32);
  }

  /** A surrogate alone is hashed as a question mark, as Java encodes it. */
  static int of(String text) {
    int hash = 0;
    int block = 0;
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      int size = 1;
      long bytes = c;
      if (c >= 0x80) {
        c = text.codePointAt(i);
        i += c > 0xFFFF ? 1 : 0;
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
          bytes = '?';
        } else if (c < 0x800) {
          size = 2;
          bytes = 0xC0 | (c >> 6) | (tail(c) << 8);
        } else if (c < 0x10000) {
          size = 3;
          bytes = 0xE0 | (c >> 12) | (tail(c >> 6) << 8) | (tail(c) << 16);
        } else {
          size = 4;
          bytes = 0xF0 | (c >> 18) | (tail(c >> 12) << 8) | (tail(c >> 6) << 16) | (tail(c) << 24);
        }
      }
      for (; size > 0; size--, bytes >>>= 8) {
        block |= (int) (bytes & 0xFF) << (8 * (length & 3));
        if ((++length & 3) == 0) {
          hash = Integer.rotateLeft(hash ^ mixed(block), 13) * 5 + 0xe6546b64;
          block = 0;
        }
      }
    }
    return finished((length & 3) == 0 ? hash : hash ^ mixed(block), length);
  }

  /** A byte that is not the first of its character's. */
  private static long tail(int bits) {
    return 0x80 | (bits & 0x3F);
  }

  private static int mixed(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int finished(int hash, int length) {
    int h = hash ^ length;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
