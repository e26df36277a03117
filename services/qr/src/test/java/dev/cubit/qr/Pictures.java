package dev.cubit.qr;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** Reads pictures back, with the JDK's PNG reader and ZXing's decoder. */
final class Pictures {
  private static final Map<DecodeHintType, ?> EXACT =
      Map.of(DecodeHintType.PURE_BARCODE, true, DecodeHintType.CHARACTER_SET, "UTF-8");

  private Pictures() {}

  static BufferedImage image(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text in a picture; fails if there is none to read. */
  static String text(byte[] png) {
    return text(png, EXACT);
  }

  /** The bytes in a picture, one character each. */
  static String latin1(byte[] png) {
    var hints =
        Map.of(DecodeHintType.PURE_BARCODE, true, DecodeHintType.CHARACTER_SET, "ISO-8859-1");
    return text(png, hints);
  }

  /** The text of a code that is somewhere in a picture. */
  static String found(byte[] png) {
    return text(png, Map.of(DecodeHintType.TRY_HARDER, true));
  }

  private static String text(byte[] png, Map<DecodeHintType, ?> hints) {
    var image = image(png);
    int width = image.getWidth();
    int height = image.getHeight();
    var pixels = image.getRGB(0, 0, width, height, new int[width * height], 0, width);
    var bitmap =
        new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
    try {
      return new QRCodeReader().decode(bitmap, hints).getText();
    } catch (NotFoundException e) {
      throw new AssertionError("there is no QR code in the picture", e);
    } catch (ReaderException e) {
      throw new AssertionError("the QR code in the picture is damaged", e);
    }
  }
}
