package dev.cubit.qr.symbol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/**
 * The characters of kanji mode: the double bytes of Shift JIS from 8140 to 9FFC and from E040 to
 * EBBF, as 13 bits each (ISO/IEC 18004, 7.3.6). Loaded when the first character beyond ASCII comes.
 */
final class Kanji {
  static final int NONE = -1;

  private static final short[] VALUES = values();

  private Kanji() {}

  /** 0 to 8191, or {@link #NONE}. */
  static int value(char c) {
    return VALUES[c];
  }

  private static short[] values() {
    var values = new short[1 << 16];
    Arrays.fill(values, (short) NONE);
    var decoder =
        Charset.forName("Shift_JIS")
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var c = CharBuffer.allocate(2);
    for (int pair = 0x8140; pair <= 0xebbf; pair++) {
      if (pair <= 0x9ffc || pair >= 0xe040) {
        var bytes = ByteBuffer.wrap(new byte[] {(byte) (pair >> 8), (byte) pair});
        c.clear();
        decoder.reset();
        if (decoder.decode(bytes, c, true).isUnderflow() && c.position() == 1 && c.get(0) >= 0x80) {
          int offset = pair - (pair <= 0x9ffc ? 0x8140 : 0xc140);
          values[c.get(0)] = (short) ((offset >> 8) * 0xc0 + (offset & 0xff));
        }
      }
    }
    return values;
  }
}
