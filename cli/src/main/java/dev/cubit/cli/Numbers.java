package dev.cubit.cli;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line, refused in words that are not the compiler's. */
final class Numbers {
  private Numbers() {}

  static void registerWith(CommandLine line) {
    line.registerConverter(Integer.class, Numbers::wholeInt)
        .registerConverter(int.class, Numbers::wholeInt)
        .registerConverter(Long.class, Numbers::whole)
        .registerConverter(long.class, Numbers::whole)
        .registerConverter(Double.class, Numbers::decimal)
        .registerConverter(double.class, Numbers::decimal);
  }

  private static long whole(String text) {
    if (!text.matches("[+-]?\\d+")) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is too large a number");
    }
  }

  private static int wholeInt(String text) {
    long number = whole(text);
    if (number != (int) number) {
      throw new TypeConversionException("'" + text + "' is too large a number");
    }
    return (int) number;
  }

  private static double decimal(String text) {
    if (!text.matches("[+-]?\\d{1,15}(\\.\\d{1,15})?")) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
    return Double.parseDouble(text);
  }
}
