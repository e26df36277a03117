package dev.cubit.scale.partition;

/** What a key is looked for in: a request, as its gateway has it. Hot path. */
public interface RequestParts {

  /** As it was sent, percent-encoded, without query: {@code /products/Gr%C3%BCner%20Tee}. */
  String path();

  /** As it was sent, without the question mark; empty where there is none. */
  String query();

  /**
   * A header field's value; several of one name are joined by {@code ", "}, those of {@code cookie}
   * by {@code "; "}. Empty where there is none.
   *
   * @param name in lower case
   */
  String header(String name);
}
