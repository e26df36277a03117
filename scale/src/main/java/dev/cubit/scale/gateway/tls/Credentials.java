package dev.cubit.scale.gateway.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cubit.scale.topology.ScaleException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate chain and the private key that belongs to it.
 *
 * @param chain the server's own certificate first
 */
record Credentials(PrivateKey key, List<X509Certificate> chain) {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<body>[^-]*)-----END [A-Z ]*PRIVATE"
              + " KEY-----");
  private static final byte[] CHALLENGE = "do the two belong together?".getBytes(ISO_8859_1);

  Credentials {
    chain = List.copyOf(chain);
  }

  /**
   * Understands what was read.
   *
   * @throws ScaleException where it is not PEM, or the two do not belong together
   */
  static Credentials of(PemBytes pem, Path certificateFile, Path keyFile) throws ScaleException {
    List<X509Certificate> chain = certificates(pem.certificate, certificateFile);
    PublicKey known = chain.getFirst().getPublicKey();
    PrivateKey key = key(new String(pem.key, ISO_8859_1), known.getAlgorithm(), keyFile);
    if (!belongTogether(key, known)) {
      throw new ScaleException(
          "the key " + keyFile + " is not that of the certificate " + certificateFile);
    }
    return new Credentials(key, chain);
  }

  /** All certificates of a file, at least one. */
  static List<X509Certificate> certificates(byte[] pem, Path file) throws ScaleException {
    List<X509Certificate> all = new ArrayList<>();
    try {
      for (var certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        all.add((X509Certificate) certificate);
      }
    } catch (CertificateException e) {
      throw new ScaleException(file + " holds no certificates in PEM: " + e.getMessage(), e);
    }
    if (all.isEmpty()) {
      throw new ScaleException(file + " holds no certificate");
    }
    return all;
  }

  private static PrivateKey key(String pem, String algorithm, Path file) throws ScaleException {
    Matcher found = KEY.matcher(pem);
    if (!found.find()) {
      throw new ScaleException(file + " holds no private key in PEM");
    }
    String kind = found.group("kind").strip();
    if (!kind.isEmpty()) {
      throw new ScaleException(
          kind.equals("ENCRYPTED")
              ? "the key "
                  + file
                  + " has a password, which nobody could type: take it off with `openssl pkey -in "
                  + file
                  + " -out NEW.pem`"
              : "the key "
                  + file
                  + " is in the older form of "
                  + kind
                  + " keys: change it with `openssl pkcs8 -topk8 -nocrypt -in "
                  + file
                  + " -out NEW.pem`");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(found.group("body"));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw new ScaleException(
          "the key " + file + " is none for the certificate, which wants one of " + algorithm, e);
    } catch (GeneralSecurityException e) {
      throw new ScaleException("certificates of " + algorithm + " are not to be had here", e);
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey known) {
    String algorithm =
        switch (known.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "RSASSA-PSS" -> ""; // it wants parameters; the handshake will tell
          default -> known.getAlgorithm();
        };
    if (algorithm.isEmpty()) {
      return true;
    }
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(CHALLENGE);
      byte[] signature = signing.sign();
      signing.initVerify(known);
      signing.update(CHALLENGE);
      return signing.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** What is wrong with the time that they are good for, in a sentence. */
  Optional<String> untimely(Instant now, Path file) {
    for (X509Certificate certificate : chain) {
      String who = file + ": the certificate of " + certificate.getSubjectX500Principal();
      if (now.isAfter(certificate.getNotAfter().toInstant())) {
        return Optional.of(who + " expired at " + certificate.getNotAfter().toInstant());
      }
      if (now.isBefore(certificate.getNotBefore().toInstant())) {
        return Optional.of(who + " is good only from " + certificate.getNotBefore().toInstant());
      }
    }
    return Optional.empty();
  }
}
