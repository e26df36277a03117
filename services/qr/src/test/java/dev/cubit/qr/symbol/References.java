package dev.cubit.qr.symbol;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Version;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.EnumMap;
import java.util.List;

/** The libraries that ours must equal, asked for one exact symbol, and their tables. */
final class References {
  private References() {}

  /** That of Nayuki's library with just these segments. */
  static Modules nayuki(List<QrSegment> segments, int version, Level level, int mask) {
    return Modules.of(QrCode.encodeSegments(segments, ecc(level), version, version, mask, false));
  }

  static QrCode.Ecc ecc(Level level) {
    return switch (level) {
      case L -> QrCode.Ecc.LOW;
      case M -> QrCode.Ecc.MEDIUM;
      case Q -> QrCode.Ecc.QUARTILE;
      case H -> QrCode.Ecc.HIGH;
    };
  }

  /** That of ZXing, which has one segment in the mode that it finds best. */
  static QRCode zxing(String text, int version, Level level, int mask, boolean shiftJis) {
    var hints = new EnumMap<EncodeHintType, Object>(EncodeHintType.class);
    hints.put(EncodeHintType.QR_VERSION, version);
    hints.put(EncodeHintType.QR_MASK_PATTERN, mask);
    if (shiftJis) {
      // It takes kanji mode only so. Naming ISO 8859-1 would add an announcement; it is the
      // default.
      hints.put(EncodeHintType.CHARACTER_SET, "Shift_JIS");
    }
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.valueOf(level.name()), hints);
    } catch (WriterException e) {
      throw new AssertionError("ZXing cannot encode version " + version, e);
    }
  }

  /** Bits for data, by ZXing's tables. */
  static int capacity(int version, Level level) {
    var zxing = Version.getVersionForNumber(version);
    var blocks = zxing.getECBlocksForLevel(ErrorCorrectionLevel.valueOf(level.name()));
    return 8 * (zxing.getTotalCodewords() - blocks.getTotalECCodewords());
  }

  /** The most characters that one segment can have, bytes in byte mode. */
  static int mostCharacters(Mode mode, int version, Level level) {
    return mostCharacters(mode, capacity(version, level) - BitReading.header(mode, version, false));
  }

  static int mostCharacters(Mode mode, int bits) {
    return switch (mode) {
      case NUMERIC -> bits / 10 * 3 + (bits % 10 >= 7 ? 2 : bits % 10 >= 4 ? 1 : 0);
      case ALPHANUMERIC -> bits / 11 * 2 + (bits % 11 >= 6 ? 1 : 0);
      case BYTE -> bits / 8;
      case KANJI -> bits / 13;
    };
  }
}
