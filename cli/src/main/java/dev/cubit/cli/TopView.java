package dev.cubit.cli;

/**
 * What somebody who looks at {@code cubit top} has chosen.
 *
 * @param first which row is the first on the screen, from 0
 * @param help whether the keys are shown instead of the rows
 */
record TopView(TopSort sort, int first, boolean help) {
  static final TopView INITIAL = new TopView(TopSort.CPU, 0, false);

  TopView sortedBy(TopSort chosen) {
    return new TopView(chosen, 0, false);
  }

  /** What is beyond the last row is put right when it is drawn. */
  TopView from(int row) {
    return new TopView(sort, Math.max(0, row), help);
  }

  /**
   * After a key.
   *
   * @param page how many rows the screen has
   */
  TopView after(TopKey key, int page) {
    return switch (key) {
      case TopKey.Sort(TopSort chosen) -> sortedBy(chosen);
      case TopKey.Plain plain ->
          switch (plain) {
            case HELP -> new TopView(sort, first, !help);
            case UP -> from(first - 1);
            case DOWN -> from(first + 1);
            case PAGE_UP -> from(first - page);
            case PAGE_DOWN -> from(first + page);
            case HOME -> from(0);
            case END -> from(Integer.MAX_VALUE);
            case OTHER -> new TopView(sort, first, false);
            case NONE, QUIT, CTRL_C, GONE -> this;
          };
    };
  }
}
