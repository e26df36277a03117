package dev.cubit.qr.symbol;

/**
 * Divides data into blocks, adds their error correction, and deals both out in turn (ISO/IEC 18004,
 * 7.5.2 and 7.6). Owned by one thread.
 */
final class Blocks {
  private static final int MOST_CORRECTION = 32;

  private final Codewords stream = new Codewords(Capacity.MOST_CODEWORDS);
  private final byte[] correction = new byte[MOST_CORRECTION];

  /**
   * Returns all codewords in their final order, with zeros behind them.
   *
   * @param data whole codewords, as many as the version holds; one block is completed in place
   */
  byte[] interleave(Codewords data, int version, Level level) {
    int count = Capacity.blocks(version, level);
    int degree = Capacity.correction(version, level);
    int codewords = Capacity.codewords(version);
    var code = ReedSolomon.ofDegree(degree);
    var source = data.bytes();
    if (count == 1) {
      code.remainder(source, 0, codewords - degree, source, codewords - degree);
      data.clearBeyond(codewords);
      return source;
    }
    var target = stream.bytes();
    int dataCodewords = codewords - count * degree;
    int shorter = dataCodewords / count;
    int longer = dataCodewords % count;
    int from = 0;
    for (int block = 0; block < count; block++) {
      int length = shorter + (block < count - longer ? 0 : 1);
      code.remainder(source, from, length, correction, 0);
      deal(source, from, shorter, target, block, count);
      if (length > shorter) {
        target[shorter * count + block - (count - longer)] = source[from + shorter];
      }
      deal(correction, 0, degree, target, dataCodewords + block, count);
      from += length;
    }
    stream.clearBeyond(codewords);
    return target;
  }

  private static void deal(byte[] source, int from, int length, byte[] target, int at, int step) {
    for (int i = 0; i < length; i++) {
      target[at + i * step] = source[from + i];
    }
  }
}
