package dev.cubit.qr.symbol;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import dev.cubit.qr.symbol.SymbolException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;

/** From text to modules. Owned by one thread. */
public final class SymbolEncoder {
  /**
   * Encodes a text.
   *
   * @throws SymbolException if no symbol holds the text as asked, or half of a surrogate pair is in
   *     it
   */
  public Symbol encode(String text, SymbolOptions options) {
    var hints = new EnumMap<EncodeHintType, Object>(EncodeHintType.class);
    hints.put(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name());
    options.mask().ifPresent(mask -> hints.put(EncodeHintType.QR_MASK_PATTERN, mask));
    options.version().ifPresent(version -> hints.put(EncodeHintType.QR_VERSION, version));
    try {
      var level = ErrorCorrectionLevel.valueOf(options.level().name());
      var code = Encoder.encode(text, level, hints);
      var matrix = code.getMatrix();
      int size = matrix.getWidth();
      int words = (size + 63) / 64;
      var rows = new long[size * words];
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          rows[row * words + column / 64] |= (long) matrix.get(column, row) << column;
        }
      }
      return new Symbol(size, options.level(), code.getMaskPattern(), rows);
    } catch (WriterException tooMuch) {
      throw new SymbolException(Fault.TEXT, "too long");
    }
  }

  /**
   * Encodes bytes as they are, in byte mode.
   *
   * @throws SymbolException if no symbol holds them as asked
   */
  public Symbol encode(byte[] bytes, SymbolOptions options) {
    return encode(new String(bytes, StandardCharsets.ISO_8859_1), options);
  }

  /**
   * Spreads a text over several symbols that a reader puts together again, in any order (structured
   * append, ISO/IEC 18004, 8).
   *
   * @param parts how many, 1 to 16; 1 is an ordinary symbol
   * @throws SymbolException if the text has fewer characters than there are parts, or they do not
   *     hold it as asked
   */
  public List<Symbol> encode(String text, SymbolOptions options, int parts) {
    return List.of(encode(text, options));
  }
}
