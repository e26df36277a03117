package dev.cubit.cli;

import org.jline.utils.AttributedStyle;

/** What words on the screen mean: colours say nothing else, and without them bold does. */
enum TopTone {
  PLAIN,
  NAME,
  QUIET,
  BAR,
  /** Within a bar. */
  CHOSEN,
  WARNING,
  BAD;

  AttributedStyle style(boolean colour) {
    AttributedStyle usual = AttributedStyle.DEFAULT;
    return switch (this) {
      case PLAIN -> usual;
      case NAME -> AttributedStyle.BOLD;
      case QUIET -> colour ? usual.faint() : usual;
      case BAR -> AttributedStyle.INVERSE;
      case CHOSEN -> AttributedStyle.BOLD.underline();
      case WARNING -> colour ? usual.foreground(AttributedStyle.YELLOW) : AttributedStyle.BOLD;
      case BAD ->
          colour ? AttributedStyle.BOLD.foreground(AttributedStyle.RED) : AttributedStyle.BOLD;
    };
  }
}
