package dev.cubit.scale.topology;

/**
 * How a file names a range: {@code A-L}, one prefix alone, or {@code from..to}.
 *
 * @param from not folded; empty: open
 * @param to not folded; empty: open
 * @param dotted whether two dots stand in between
 */
record RangeName(String from, String to, boolean dotted) {

  /** Takes a name apart. It may make no sense. */
  static RangeName of(String text) {
    boolean dotted = text.contains("..");
    String separator = dotted ? ".." : "-";
    int at = text.indexOf(separator);
    return at < 0
        ? new RangeName(text, text, false)
        : new RangeName(text.substring(0, at), text.substring(at + separator.length()), dotted);
  }

  /**
   * For these ends, with two dots only where they have to be.
   *
   * @param dotted whether they are to be there in any case
   */
  static RangeName between(String from, String to, boolean dotted) {
    boolean open = from.isEmpty() || to.isEmpty();
    boolean hyphen = from.contains("-") || to.contains("-");
    return new RangeName(from, to, dotted || open || hyphen);
  }

  /** As it is written. */
  @Override
  public String toString() {
    return from.equals(to) && !dotted ? from : from + (dotted ? ".." : "-") + to;
  }
}
