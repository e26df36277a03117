package dev.cubit.report;

import dev.cubit.diagnose.recording.Frame;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON that every reader takes: one line, no NaN, no infinity, and only ASCII, so that neither the
 * encoding of a terminal nor half a surrogate pair can spoil it.
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private static final MathContext SIX = new MathContext(6);

  /** Above this a double has no fraction, and JavaScript no exact whole number. */
  private static final double EXACT = 1L << 53;

  private Json() {}

  static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** How a constant is written: {@code EVENT_LOOP} as {@code event-loop}. */
  static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A stack, a string a frame, the innermost first. */
  static void stack(ArrayNode out, List<Frame> frames) {
    frames.forEach(frame -> out.add(frame.place()));
  }

  /** A figure; whole ones without a point, as JavaScript writes them; 0 where it is not finite. */
  static void number(ObjectNode out, String name, double value) {
    double finite = finite(value);
    if (finite == Math.rint(finite) && Math.abs(finite) < EXACT) {
      out.put(name, (long) finite);
    } else {
      out.put(name, BigDecimal.valueOf(finite));
    }
  }

  /** A finite value with six digits. */
  static BigDecimal short6(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(SIX).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }
}
