package dev.cubit.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** A clone's name before its lines: as wide as the widest so far, each with a colour of its own. */
final class ClonePrefix {
  private static final int[] COLOURS = {36, 33, 32, 35, 34, 96, 93, 92, 95, 94};

  private final boolean colour;
  private final Map<String, Integer> colours = new LinkedHashMap<>();
  private int width;

  ClonePrefix(boolean colour) {
    this.colour = colour;
  }

  String of(String name) {
    width = Math.max(width, name.length());
    int chosen = colours.computeIfAbsent(name, n -> COLOURS[colours.size() % COLOURS.length]);
    String padded = name + " ".repeat(width - name.length()) + " | ";
    return colour ? "\u001b[" + chosen + "m" + padded + "\u001b[0m" : padded;
  }
}
