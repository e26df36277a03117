package dev.cubit.qr;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** ZXing's encoder. */
final class ZxingEncoder implements Encoder {
  private static final Map<EncodeHintType, ?> UTF_8 =
      Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name());

  @Override
  public Symbol encode(String text) {
    try {
      // Naming the character set costs 12 bits in the symbol: only where it is needed.
      Map<EncodeHintType, ?> hints = isAscii(text) ? Map.of() : UTF_8;
      var code =
          com.google.zxing.qrcode.encoder.Encoder.encode(text, ErrorCorrectionLevel.M, hints);
      return new Matrix(code.getMatrix());
    } catch (WriterException tooMuch) {
      throw new DataException(
          "data is too long: a QR code holds 5596 digits, 3391 capitals and digits, or 2330 bytes"
              + " of UTF-8 text");
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  private record Matrix(ByteMatrix modules) implements Symbol {
    @Override
    public int size() {
      return modules.getWidth();
    }

    @Override
    public boolean isDark(int column, int row) {
      return modules.get(column, row) == 1;
    }
  }
}
