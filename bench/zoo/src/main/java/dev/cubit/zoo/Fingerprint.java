package dev.cubit.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A digest of a digest of a digest, as passwords are kept. */
final class Fingerprint implements Work {
  private final int rounds;

  /** About 0.3 us a round. */
  Fingerprint(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public String answer(String query) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    byte[] value = query.getBytes(UTF_8);
    for (int i = 0; i < rounds; i++) {
      value = digest.digest(value);
    }
    return HexFormat.of().formatHex(value);
  }
}
