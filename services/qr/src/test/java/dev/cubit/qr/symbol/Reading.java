package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.zxing.ChecksumException;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.common.DecoderResult;
import com.google.zxing.qrcode.decoder.Decoder;
import io.nayuki.qrcodegen.QrSegment;
import io.nayuki.qrcodegen.QrSegmentAdvanced;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What ZXing's decoder finds in the modules of a QR code. */
final class Reading {
  private final DecoderResult result;
  private final List<Piece> pieces;

  private Reading(DecoderResult result, int version) {
    this.result = result;
    this.pieces = BitReading.model2(result.getRawBytes(), version);
  }

  /**
   * Reads a symbol.
   *
   * @param charset of bytes of which the symbol does not say it
   */
  static Reading of(Symbol symbol, Charset charset) {
    try {
      var hints = Map.of(DecodeHintType.CHARACTER_SET, charset.name());
      var result = new Decoder().decode(Modules.of(symbol).rows(), hints);
      if (result.getErrorsCorrected() != 0) {
        throw new AssertionError(result.getErrorsCorrected() + " codewords are wrong");
      }
      return new Reading(result, symbol.version());
    } catch (ChecksumException | FormatException e) {
      throw new AssertionError("ZXing cannot read version " + symbol.version(), e);
    }
  }

  String text() {
    return result.getText();
  }

  String level() {
    return result.getECLevel();
  }

  /** What {@link DecoderResult} says of structured append. */
  DecoderResult result() {
    return result;
  }

  /** The data codewords, taken apart by {@link BitReading}. */
  List<Piece> pieces() {
    return pieces;
  }

  /** The bits of all segments, without terminator and padding. */
  int bits() {
    return pieces.stream().mapToInt(Piece::bits).sum();
  }

  /** The modes of the characters, in their order. */
  List<Mode> modes() {
    var modes = new ArrayList<Mode>();
    for (var piece : pieces) {
      if (piece instanceof Piece.Data data) {
        modes.add(data.mode());
      }
    }
    return modes;
  }

  /** All bytes of byte mode as characters of the same number. */
  String bytes() {
    var bytes = new StringBuilder();
    for (var piece : pieces) {
      if (piece instanceof Piece.Data data && data.mode() == Mode.BYTE) {
        bytes.append(data.text(ISO_8859_1));
      }
    }
    return bytes.toString();
  }

  /** The same segments for Nayuki's library, from the characters and not from the bits. */
  List<QrSegment> forNayuki() {
    var segments = new ArrayList<QrSegment>();
    for (var piece : pieces) {
      segments.add(
          switch (piece) {
            case Piece.Eci eci -> QrSegment.makeEci(eci.number());
            case Piece.Append _ -> throw new AssertionError("Nayuki's has no structured append");
            case Piece.Data data ->
                switch (data.mode()) {
                  case NUMERIC -> QrSegment.makeNumeric(data.characters());
                  case ALPHANUMERIC -> QrSegment.makeAlphanumeric(data.characters());
                  case BYTE -> QrSegment.makeBytes(data.bytes());
                  case KANJI -> QrSegmentAdvanced.makeKanji(data.characters());
                };
          });
    }
    return segments;
  }
}
