package dev.cubit.scale.partition;

import dev.cubit.scale.topology.ScaleException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What tokens are signed with: a secret of both sides, or the public half of a pair. RFC 7518,
 * section 3.
 */
sealed interface TokenKey {
  /** A secret has as many bits as the hash; RFC 7518, section 3.2. */
  int LEAST_BYTES = 32;

  String algorithm();

  boolean hasSigned(byte[] text, byte[] signature);

  /**
   * A PEM file with an RSA public key or certificate, or any other file, whose bytes are a secret.
   */
  static TokenKey read(Path file) throws ScaleException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (text.contains("-----BEGIN CERTIFICATE-----")) {
        return new Rsa(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes))
                .getPublicKey());
      }
      if (text.contains("-----BEGIN PUBLIC KEY-----")) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "");
        byte[] der = Base64.getMimeDecoder().decode(base64);
        return new Rsa(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
      }
      if (text.contains("PRIVATE KEY-----")) {
        throw new ScaleException(file + " has a private key: give the public one");
      }
      int length = bytes.length;
      while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
        length--; // editors end files with a line break
      }
      if (length < LEAST_BYTES) {
        throw new ScaleException(
            "the secret in " + file + " has " + length + " bytes: RFC 7518 wants 32 or more");
      }
      return new Hmac(new SecretKeySpec(Arrays.copyOf(bytes, length), "HmacSHA256"));
    } catch (IOException e) {
      throw new ScaleException("cannot read the key of tokens, " + file, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ScaleException(file + " has no RSA public key that can be read", e);
    }
  }

  /** HS256. */
  record Hmac(SecretKeySpec secret) implements TokenKey {
    @Override
    public String algorithm() {
      return "HS256";
    }

    @Override
    public boolean hasSigned(byte[] text, byte[] signature) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        return MessageDigest.isEqual(mac.doFinal(text), signature);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HmacSHA256", e);
      }
    }
  }

  /** RS256. */
  record Rsa(PublicKey key) implements TokenKey {
    @Override
    public String algorithm() {
      return "RS256";
    }

    @Override
    public boolean hasSigned(byte[] text, byte[] signature) {
      try {
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(key);
        verifier.update(text);
        return verifier.verify(signature);
      } catch (GeneralSecurityException e) {
        return false; // of another length than the key's, for instance
      }
    }
  }
}
