package dev.cubit.qr.image;

/**
 * Where a row of pixels is cut so that a whole number of modules is a whole number of bytes:
 *
 * <pre>
 *   filter  light   | block | block | block | tail | light
 *           bytes   `------ the bytes of modules --'
 * </pre>
 *
 * <p>The pixels of a block are those of as many modules and one more, as the modules need not begin
 * with a byte.
 *
 * @param module pixels on a module's side
 * @param blockModules modules of a block
 * @param blockBytes the bytes that they are
 * @param lead light modules that are thought to the left, so that the first block begins with a
 *     module
 * @param offset pixels of the first of them that are before the first block
 * @param blocks whole blocks of a row
 * @param tailBytes bytes behind them, less than a block
 */
record Cut(
    int module, int blockModules, int blockBytes, int lead, int offset, int blocks, int tailBytes) {

  static Cut of(Layout layout) {
    int module = layout.module();
    // Eight modules are bytes whatever they measure; fewer where eight would be too many bytes.
    int blockModules = module <= 12 ? 8 : 8 / Math.min(8, Integer.lowestOneBit(module));
    int blockBytes = blockModules * module / 8;
    int within = layout.left() % 8;
    int lead = (within + module - 1) / module;
    int bytes = layout.endByte() - layout.firstByte();
    return new Cut(
        module,
        blockModules,
        blockBytes,
        lead,
        lead * module - within,
        bytes / blockBytes,
        bytes % blockBytes);
  }

  /** How many blocks there are to look up: one for each pattern of its modules and one more. */
  int entries() {
    return 1 << (blockModules + 1);
  }

  /** A byte of a block, by the modules that it is looked up by, the leftmost lowest, dark as 1. */
  int pixels(int modules, int at) {
    int next = (8 * at + offset) / module;
    int left = (next + 1) * module - (8 * at + offset);
    int value = 0;
    for (int pixel = 0; pixel < 8; pixel++) {
      if (left == 0) {
        next++;
        left = module;
      }
      value = value << 1 | ((modules >>> next & 1) ^ 1);
      left--;
    }
    return value;
  }
}
