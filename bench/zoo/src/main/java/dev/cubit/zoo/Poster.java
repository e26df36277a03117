package dev.cubit.zoo;

import java.util.Arrays;

/** Draws a picture into one large array, beside an archive of many small things. */
final class Poster implements Work {
  private final Journal archive;
  private final int pixels;

  Poster(Journal archive, int pixels) {
    this.archive = archive;
    this.pixels = pixels;
  }

  @Override
  public String answer(String query) {
    var picture = new int[pixels];
    for (int y = 0; y < pixels; y += 4096) {
      Arrays.fill(picture, y, Math.min(pixels, y + 64), query.hashCode() + y);
    }
    return "{\"corner\":" + picture[pixels / 2] + "," + archive.answer(query).substring(1);
  }
}
