package dev.cubit.scale.gateway.tls;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What two files held at one moment: a certificate chain, and its key. */
final class PemBytes {
  final byte[] certificate;
  final byte[] key;

  private PemBytes(byte[] certificate, byte[] key) {
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * Reads them.
   *
   * @throws ScaleException where one cannot be read
   */
  static PemBytes read(Path certificate, Path key) throws ScaleException {
    return new PemBytes(bytes(certificate, "certificate"), bytes(key, "key"));
  }

  static byte[] bytes(Path file, String what) throws ScaleException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ScaleException(
          Files.exists(file)
              ? "the " + what + " " + file + " cannot be read: check its owner and permissions"
              : "there is no file " + file + ", which is to hold the " + what,
          e);
    }
  }

  boolean isSame(PemBytes other) {
    return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
  }
}
