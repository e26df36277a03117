package dev.cubit.qr.image;

/** The kinds of files. */
public enum Format {
  PNG("image/png", "png"),
  SVG("image/svg+xml", "svg"),
  PDF("application/pdf", "pdf"),
  EPS("application/postscript", "eps"),
  /** Two rows a line of UTF-8 block characters, for a dark terminal. */
  TEXT("text/plain; charset=utf-8", "txt");

  private final String mediaType;
  private final String extension;

  Format(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** As in a Content-Type. */
  public String mediaType() {
    return mediaType;
  }

  /** Of a file's name, without the dot. */
  public String extension() {
    return extension;
  }
}
