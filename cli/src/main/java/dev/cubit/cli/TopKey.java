package dev.cubit.cli;

import java.io.IOException;

/** A key that was pressed while {@code cubit top} is shown. */
sealed interface TopKey {
  /** One by which rows are ordered. */
  record Sort(TopSort by) implements TopKey {}

  /** All others. */
  enum Plain implements TopKey {
    /** None, within the time. */
    NONE,
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    HELP,
    QUIT,
    CTRL_C,
    /** The terminal is no more. */
    GONE,
    OTHER
  }

  /** Characters as they come from a terminal. */
  @FunctionalInterface
  interface Characters {
    int END = -1;
    int NOT_YET = -2;

    /** The next, or one of the above. */
    int next(long withinMillis) throws IOException;
  }

  /** The characters that belong to one key come at once. */
  long TOGETHER_MILLIS = 50;

  char CONTROL_C = 3;
  char ESCAPE = 27;

  /** The next key, or none within a time. */
  static TopKey next(Characters characters, long withinMillis) throws IOException {
    int c = characters.next(withinMillis);
    for (TopSort sort : TopSort.values()) {
      if (c == sort.key) {
        return new Sort(sort);
      }
    }
    return switch (c) {
      case Characters.NOT_YET -> Plain.NONE;
      case Characters.END -> Plain.GONE;
      case CONTROL_C -> Plain.CTRL_C;
      case ESCAPE -> escaped(characters);
      case 'q', 'Q' -> Plain.QUIT;
      case '?', 'h' -> Plain.HELP;
      case 'k' -> Plain.UP;
      case 'j' -> Plain.DOWN;
      case ' ' -> Plain.PAGE_DOWN;
      case 'g' -> Plain.HOME;
      case 'G' -> Plain.END;
      default -> Plain.OTHER;
    };
  }

  /** As xterm sends them: ESC [ A, ESC O A, ESC [ 5 ~. */
  private static TopKey escaped(Characters characters) throws IOException {
    int kind = characters.next(TOGETHER_MILLIS);
    if (kind != '[' && kind != 'O') {
      return Plain.OTHER;
    }
    StringBuilder parameters = new StringBuilder();
    int c = characters.next(TOGETHER_MILLIS);
    while (c >= ' ' && c < '@') {
      parameters.append((char) c);
      c = characters.next(TOGETHER_MILLIS);
    }
    return switch (c) {
      case 'A' -> Plain.UP;
      case 'B' -> Plain.DOWN;
      case 'H' -> Plain.HOME;
      case 'F' -> Plain.END;
      case '~' ->
          switch (parameters.toString()) {
            case "1", "7" -> Plain.HOME;
            case "4", "8" -> Plain.END;
            case "5" -> Plain.PAGE_UP;
            case "6" -> Plain.PAGE_DOWN;
            default -> Plain.OTHER;
          };
      default -> Plain.OTHER;
    };
  }
}
