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
  private static final int LIGHT = 0xff;

  /** A shorter run of one byte is written as bytes. */
  private static final int SHORTEST_RUN = 4;

  private final Symbol symbol;
  private final Layout layout;
  private byte[] row;
  private byte[] above;

  PixelRows(Symbol symbol, Layout layout) {
    this.symbol = symbol;
    this.layout = layout;
    row = new byte[layout.stride()];
    above = new byte[layout.stride()];
  }

  /** Writes a zlib stream without its check sum, which is left in {@code adler}. */
  void write(BitSink sink, Adler adler) {
    var census = new DeflateCode.Census();
    pass(census, new Adler());
    var code = census.code();
    code.putHeader(sink);
    adler.clear();
    pass(code.new Writer(sink), adler);
    code.putEnd(sink);
  }

  private void pass(Tokens tokens, Adler adler) {
    Arrays.fill(above, (byte) 0);
    int copied = 0;
    boolean isFirst = true;
    for (int line = -1; line <= symbol.size(); line++) {
      int times = times(line);
      if (times == 0) {
        continue;
      }
      paint(line);
      add(adler, times);
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

  /** How many rows of pixels a line of modules is; the lines around the symbol are the margins. */
  private int times(int line) {
    return line < 0 ? layout.top() : line < symbol.size() ? layout.module() : layout.bottom();
  }

  private void paint(int line) {
    Arrays.fill(row, (byte) LIGHT);
    row[0] = 0;
    if (line >= 0 && line < symbol.size()) {
      for (int column = 0; column < symbol.size(); column++) {
        if (symbol.isDark(column, line)) {
          int from = layout.left() + column * layout.module();
          darken(from, from + layout.module());
        }
      }
    }
  }

  private void darken(int from, int end) {
    int first = 1 + from / 8;
    int last = 1 + (end - 1) / 8;
    int head = LIGHT >> from % 8;
    int tail = LIGHT << (7 - (end - 1) % 8);
    if (first == last) {
      row[first] &= (byte) ~(head & tail);
    } else {
      row[first] &= (byte) ~head;
      Arrays.fill(row, first + 1, last, (byte) 0);
      row[last] &= (byte) ~tail;
    }
  }

  private int endOfDifference() {
    int end = row.length;
    while (row[end - 1] == above[end - 1]) {
      end--;
    }
    return end;
  }

  private void add(Adler adler, int times) {
    long sum = 0;
    long weighted = 0;
    for (byte b : row) {
      sum += b & 0xff;
      weighted += sum;
    }
    adler.add(times, row.length, sum, weighted);
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
