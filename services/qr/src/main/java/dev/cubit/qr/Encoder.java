package dev.cubit.qr;

/**
 * From text to modules: ISO/IEC 18004, error correction level M, in the smallest version that holds
 * the text. Used by one thread.
 */
@FunctionalInterface
interface Encoder {
  /**
   * Encodes a text; bytes are UTF-8.
   *
   * @param text not empty, without lone surrogates
   * @throws DataException if no QR code holds that much text
   */
  Symbol encode(String text);
}
