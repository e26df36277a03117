package dev.cubit.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Numbers and file names on the command line, refused in words that are not the compiler's. */
final class Values {
  private Values() {}

  static void registerWith(CommandLine line) {
    line.registerConverter(Integer.class, Values::wholeInt)
        .registerConverter(int.class, Values::wholeInt)
        .registerConverter(Long.class, Values::whole)
        .registerConverter(long.class, Values::whole)
        .registerConverter(Double.class, Values::decimal)
        .registerConverter(double.class, Values::decimal)
        .registerConverter(Path.class, Values::file);
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

  private static Path file(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("a file has a name, and this is empty");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' cannot be the name of a file");
    }
  }
}
