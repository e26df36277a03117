package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Symbol;
import java.util.Arrays;

/**
 * The rows of a picture as deflate's tokens: a row that is new as bytes and runs of one byte, all
 * that is as in the row above as a copy of it. Cost grows with the rows that differ, of which there
 * are no more than modules on a side and two, and with a copy for 258 bytes of the others.
 *
 * <p>Two passes: the first counts what occurs, the second writes it in the code made for that.
 * Owned by one thread.
 */
final class PixelRows {
  /** A shorter run of one byte is written as bytes. */
  private static final int SHORTEST_RUN = 4;

  private final Painter painter;
  private byte[] row;
  private byte[] above;

  PixelRows(Symbol symbol, Layout layout) {
    painter = new Painter(symbol, layout);
    row = new byte[layout.stride()];
    above = new byte[layout.stride()];
  }

  /** Writes a zlib stream without its check sum, which is left in {@code adler}. */
  void write(BitSink sink, Adler adler) {
    var census = new DeflateCode.Census();
    pass(census);
    var code = census.code(1);
    code.putHeader(sink);
    pass(code.new Writer(sink));
    painter.checkSum(adler, row);
    code.putEnd(sink);
  }

  private void pass(Tokens tokens) {
    Arrays.fill(above, (byte) 0);
    int copied = 0;
    boolean isFirst = true;
    for (int line = -1; line <= painter.lastLine(); line++) {
      int times = painter.times(line);
      if (times == 0) {
        continue;
      }
      painter.paint(line, row);
      int stride = row.length;
      int from = isFirst ? 0 : Arrays.mismatch(row, above);
      if (from < 0) {
        copied += times * stride;
        continue;
      }
      int end = isFirst ? stride : endOfDifference();
      copy(tokens, copied, from);
      bytes(tokens, from, end);
      copied = stride - end + (times - 1) * stride;
      isFirst = false;
      var painted = row;
      row = above;
      above = painted;
    }
    copy(tokens, copied, 0);
  }

  private int endOfDifference() {
    int end = row.length;
    while (row[end - 1] == above[end - 1]) {
      end--;
    }
    return end;
  }

  /**
   * Copies from a row above.
   *
   * @param before bytes at the end of the last rows
   * @param here bytes at the beginning of this row
   */
  private void copy(Tokens tokens, int before, int here) {
    if (before + here >= DeflateCode.SHORTEST_MATCH) {
      tokens.run(before + here, row.length);
      return;
    }
    for (int i = above.length - before; i < above.length; i++) {
      tokens.literal(above[i] & 0xff);
    }
    for (int i = 0; i < here; i++) {
      tokens.literal(row[i] & 0xff);
    }
  }

  private void bytes(Tokens tokens, int from, int end) {
    for (int i = from; i < end; ) {
      int next = i + 1;
      while (next < end && row[next] == row[i]) {
        next++;
      }
      tokens.literal(row[i] & 0xff);
      if (next - i >= SHORTEST_RUN) {
        tokens.run(next - i - 1, 1);
      } else {
        for (int again = i + 1; again < next; again++) {
          tokens.literal(row[again] & 0xff);
        }
      }
      i = next;
    }
  }
}
