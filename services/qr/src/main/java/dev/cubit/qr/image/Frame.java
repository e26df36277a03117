package dev.cubit.qr.image;

/**
 * What of the compressed stream is the same for all symbols of a layout: the light rows above, the
 * copies between two lines of modules, and the light rows below.
 */
record Frame(Layout layout) {
  private static final int LIGHT = 0xff;

  /** Whether the copies between lines can be copies, and there are light rows to make them from. */
  boolean isComplete() {
    return layout.top() > 0 && layout.bottom() > 0 && copied() >= DeflateCode.SHORTEST_MATCH;
  }

  void above(Tokens tokens) {
    tokens.literal(0);
    tokens.literal(LIGHT);
    light(tokens, layout.rowBytes() - 1);
    copy(tokens, (layout.top() - 1) * layout.stride() + 1 + layout.firstByte(), true);
  }

  /** Behind each line, the last one too: up to the first byte that has pixels of the next one. */
  void between(Tokens tokens) {
    tokens.run(copied(), layout.stride());
  }

  /** The first light row below is new where the modules are. */
  void below(Tokens tokens) {
    tokens.literal(LIGHT);
    light(tokens, symbolBytes() - 1);
    int end = layout.rowBytes() - layout.endByte();
    copy(tokens, end + (layout.bottom() - 1) * layout.stride(), false);
  }

  private int symbolBytes() {
    return layout.endByte() - layout.firstByte();
  }

  private int copied() {
    return layout.module() * layout.stride() - symbolBytes();
  }

  private static void light(Tokens tokens, int count) {
    if (count >= DeflateCode.SHORTEST_MATCH) {
      tokens.run(count, 1);
    } else {
      for (int i = 0; i < count; i++) {
        tokens.literal(LIGHT);
      }
    }
  }

  /** A copy of light bytes, with a filter before them or not, that can be too short for a match. */
  private void copy(Tokens tokens, int count, boolean startsWithFilter) {
    if (count >= DeflateCode.SHORTEST_MATCH) {
      tokens.run(count, layout.stride());
    } else {
      for (int i = 0; i < count; i++) {
        tokens.literal(startsWithFilter && i == 0 ? 0 : LIGHT);
      }
    }
  }
}
