package dev.cubit.qr.symbol;

/**
 * The penalty of a symbol by the letter of ISO/IEC 18004:2015, 7.8.3.1: module by module, with no
 * thought of speed, so that it can be checked against the page.
 *
 * <p>Two places of the page leave a choice. Rule 3 is taken as:
 * dark-light-dark-dark-dark-light-dark at one module each counts once if four light modules are
 * before it or behind it or both, and what is beyond the edge is the quiet zone, hence light. Rule
 * 4 says "from 50±5k to 50±5(k+1) percent", which puts exactly 55 percent into two steps: the lower
 * is taken, as Nayuki's library does; ZXing and libqrencode take the higher.
 */
final class LiteralPenalty {
  private static final boolean[] FINDER = {true, false, true, true, true, false, true};

  private LiteralPenalty() {}

  static int of(Modules modules) {
    return runs(modules) + squares(modules) + finders(modules) + balance(modules);
  }

  /** Rule 1: five alike in a row or column are 3, and each module more of the same run is 1. */
  static int runs(Modules modules) {
    int penalty = 0;
    for (int line = 0; line < modules.size(); line++) {
      penalty += runs(modules, line, true) + runs(modules, line, false);
    }
    return penalty;
  }

  private static int runs(Modules modules, int line, boolean isRow) {
    int penalty = 0;
    int from = 0;
    while (from < modules.size()) {
      int to = from;
      while (to < modules.size()
          && at(modules, line, to, isRow) == at(modules, line, from, isRow)) {
        to++;
      }
      if (to - from >= 5) {
        penalty += 3 + (to - from - 5);
      }
      from = to;
    }
    return penalty;
  }

  /** Rule 2: each square of four alike is 3; they may overlap. */
  static int squares(Modules modules) {
    int penalty = 0;
    for (int row = 0; row + 1 < modules.size(); row++) {
      for (int column = 0; column + 1 < modules.size(); column++) {
        boolean dark = modules.isDark(column, row);
        if (modules.isDark(column + 1, row) == dark
            && modules.isDark(column, row + 1) == dark
            && modules.isDark(column + 1, row + 1) == dark) {
          penalty += 3;
        }
      }
    }
    return penalty;
  }

  /** Rule 3: what looks like a finder, with light beside it, is 40. */
  static int finders(Modules modules) {
    int penalty = 0;
    for (int line = 0; line < modules.size(); line++) {
      for (int from = 0; from + FINDER.length <= modules.size(); from++) {
        penalty += isFinder(modules, line, from, true) ? 40 : 0;
        penalty += isFinder(modules, line, from, false) ? 40 : 0;
      }
    }
    return penalty;
  }

  private static boolean isFinder(Modules modules, int line, int from, boolean isRow) {
    for (int i = 0; i < FINDER.length; i++) {
      if (at(modules, line, from + i, isRow) != FINDER[i]) {
        return false;
      }
    }
    return isLight(modules, line, from - 4, isRow)
        || isLight(modules, line, from + FINDER.length, isRow);
  }

  private static boolean isLight(Modules modules, int line, int from, boolean isRow) {
    for (int i = from; i < from + 4; i++) {
      if (at(modules, line, i, isRow)) {
        return false;
      }
    }
    return true;
  }

  /** Rule 4: 10k for the smallest k of which 50±5(k+1) percent includes the share of the dark. */
  static int balance(Modules modules) {
    int total = modules.size() * modules.size();
    int dark = 0;
    for (int row = 0; row < modules.size(); row++) {
      for (int column = 0; column < modules.size(); column++) {
        dark += modules.isDark(column, row) ? 1 : 0;
      }
    }
    return balance(dark, total);
  }

  static int balance(int dark, int total) {
    int k = 0;
    while (100 * dark < (45 - 5 * k) * total || 100 * dark > (55 + 5 * k) * total) {
      k++;
    }
    return 10 * k;
  }

  private static boolean at(Modules modules, int line, int place, boolean isRow) {
    int column = isRow ? place : line;
    int row = isRow ? line : place;
    return modules.isInside(column, row) && modules.isDark(column, row);
  }
}
