package dev.cubit.qr.symbol;

import io.nayuki.qrcodegen.QrSegmentAdvanced;
import java.nio.charset.Charset;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Random texts of every kind that a QR code treats in its own way. */
final class Texts {
  /** All that Shift JIS and Nayuki's library agree to be kanji. */
  static final int[] KANJI = kanji();

  private static final String ALPHANUMERICS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

  private final Random random;

  Texts(Random random) {
    this.random = random;
  }

  private static int[] kanji() {
    var shiftJis = Charset.forName("Shift_JIS");
    return IntStream.concat(IntStream.rangeClosed(0x8140, 0x9ffc), IntStream.range(0xe040, 0xebc0))
        .mapToObj(pair -> new String(new byte[] {(byte) (pair >> 8), (byte) pair}, shiftJis))
        .filter(text -> text.length() == 1 && text.charAt(0) != '\ufffd')
        .filter(text -> text.charAt(0) > 0x7f && QrSegmentAdvanced.isEncodableAsKanji(text))
        .mapToInt(text -> text.charAt(0))
        .distinct()
        .toArray();
  }

  String digits(int length) {
    return repeat(length, this::digit);
  }

  String alphanumerics(int length) {
    return repeat(length, this::alphanumeric);
  }

  String ascii(int length) {
    return repeat(length, () -> random.nextInt(128));
  }

  String latin(int length) {
    return repeat(length, () -> random.nextInt(256));
  }

  String kanji(int length) {
    return repeat(length, this::kanjiCharacter);
  }

  /** Characters of two, three and four bytes of UTF-8. */
  String foreign(int length) {
    return repeat(length, this::foreignCharacter);
  }

  /** Runs of all kinds, short and long. */
  String mixed(int length) {
    var text = new StringBuilder();
    while (text.codePointCount(0, text.length()) < length) {
      int kind = random.nextInt(6);
      int most = random.nextBoolean() ? 4 : random.nextBoolean() ? 12 : 40;
      int run = 1 + random.nextInt(most);
      text.append(
          repeat(
              Math.min(run, length - text.codePointCount(0, text.length())),
              switch (kind) {
                case 0, 1 -> this::digit;
                case 2 -> this::alphanumeric;
                case 3 -> () -> 'a' + random.nextInt(26);
                case 4 -> this::kanjiCharacter;
                default -> this::foreignCharacter;
              }));
    }
    return text.toString();
  }

  byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private int digit() {
    return '0' + random.nextInt(10);
  }

  private int alphanumeric() {
    return ALPHANUMERICS.charAt(random.nextInt(ALPHANUMERICS.length()));
  }

  private int kanjiCharacter() {
    return KANJI[random.nextInt(KANJI.length)];
  }

  private int foreignCharacter() {
    return switch (random.nextInt(5)) {
      case 0 -> 0xc0 + random.nextInt(0x40);
      case 1 -> 0x5d0 + random.nextInt(27);
      case 2 -> 0xac00 + random.nextInt(11172);
      case 3 -> 0x410 + random.nextInt(64);
      default -> 0x1f300 + random.nextInt(0x200);
    };
  }

  private static String repeat(int length, IntSupplier character) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(character.getAsInt());
    }
    return text.toString();
  }
}
