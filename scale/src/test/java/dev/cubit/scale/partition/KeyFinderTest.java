package dev.cubit.scale.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a request has its key, and what is refused. */
class KeyFinderTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final String SECRET = "a secret of more than 32 bytes, as RFC 7518 wants it";

  @TempDir Path folder = Path.of("");

  private record Request(String path, String query, Map<String, String> headers)
      implements RequestParts {
    @Override
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private static FoundKey find(KeySource source, Request request) throws ScaleException {
    return KeyFinder.of(source, Folding.NONE, () -> NOW).find(request);
  }

  private static FoundKey header(KeySource source, String name, String value)
      throws ScaleException {
    return find(source, new Request("/", "", Map.of(name, value)));
  }

  @ParameterizedTest
  @CsvSource({
    "/products/tea, 1, tea",
    "/products/tea/parts, 1, tea",
    "/products/Gr%C3%BCner%20Tee, 1, Grüner Tee",
    "/products/a%2Fb, 1, a/b",
    "/products/a+b, 1, a+b",
    "/tea, 0, tea",
    "/products/e%CC%81, 1, é",
    "/products, 1, ''",
    "/products/, 1, ''",
    "/products//tea, 1, ''",
    "/, 0, ''",
    "'', 0, ''"
  })
  void a_segment_of_the_path(String path, int index, String key) throws ScaleException {
    assertThat(find(new KeySource.PathSegment(index), new Request(path, "", Map.of())))
        .isEqualTo(key.isEmpty() ? FoundKey.None.NONE : new FoundKey.Key(key));
  }

  @ParameterizedTest
  @CsvSource({
    "/a%, 400",
    "/a%4, 400",
    "/a%zz, 400",
    "/%FF, 400",
    "/%C0%AF, 400",
    "/%ED%A0%80, 400"
  })
  void what_is_malformed_is_refused(String path, int status) throws ScaleException {
    assertThat(find(new KeySource.PathSegment(0), new Request(path, "", Map.of())))
        .isInstanceOfSatisfying(
            FoundKey.Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
  }

  @ParameterizedTest
  @CsvSource({
    "customer=7, 7",
    "a=b&customer=7&customer=8, 7",
    "xcustomer=1&customerx=2&customer=3, 3",
    "c%75stomer=4, 4",
    "customer=a+b%2B, a b+",
    "customer=, ''",
    "customer, ''",
    "&&=&customer=5, 5",
    "'', ''"
  })
  void a_parameter_of_the_query(String query, String key) throws ScaleException {
    assertThat(find(new KeySource.Query("customer"), new Request("/", query, Map.of())))
        .isEqualTo(key.isEmpty() ? FoundKey.None.NONE : new FoundKey.Key(key));
  }

  @ParameterizedTest
  @CsvSource({
    "id=7, 7",
    "a=b; id=7; id=8, 7",
    "xid=1; idx=2; id=\"3\", 3",
    "id=, ''",
    "a=id=9, ''",
    "'', ''"
  })
  void a_cookie(String cookies, String key) throws ScaleException {
    assertThat(header(new KeySource.Cookie("id"), "cookie", cookies))
        .isEqualTo(key.isEmpty() ? FoundKey.None.NONE : new FoundKey.Key(key));
  }

  @Test
  void a_header_folded() throws ScaleException {
    KeyFinder finder = KeyFinder.of(new KeySource.Header("x-customer"), Folding.UPPER, () -> NOW);

    assertThat(finder.find(new Request("/", "", Map.of("x-customer", " straße "))))
        .isEqualTo(new FoundKey.Key("STRASSE"));
    assertThat(finder.find(new Request("/", "", Map.of()))).isEqualTo(FoundKey.None.NONE);
  }

  @Property
  void what_a_client_encodes_is_found_again(@ForAll String text) throws ScaleException {
    String sent = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String encoded = URLEncoder.encode(sent, StandardCharsets.UTF_8);
    FoundKey expected =
        sent.isEmpty() ? FoundKey.None.NONE : new FoundKey.Key(Folding.NONE.fold(sent));

    assertThat(find(new KeySource.Query("q"), new Request("/", "q=" + encoded, Map.of())))
        .isEqualTo(expected);
    assertThat(
            find(
                new KeySource.PathSegment(0),
                new Request("/" + encoded.replace("+", "%20"), "", Map.of())))
        .isEqualTo(expected);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String unsigned(String head, String claims) {
    return base64(head.getBytes(StandardCharsets.UTF_8))
        + "."
        + base64(claims.getBytes(StandardCharsets.UTF_8));
  }

  private static String signed(String head, String claims) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String text = unsigned(head, claims);
    return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private FoundKey claim(String token) throws ScaleException, IOException {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    return header(
        new KeySource.JwtClaim("sub", Optional.of(secret)), "authorization", "Bearer " + token);
  }

  @Test
  void a_claim_of_a_token_that_nobody_verifies() throws ScaleException {
    KeySource sub = new KeySource.JwtClaim("sub", Optional.empty());

    assertThat(
            header(
                sub,
                "authorization",
                "bearer " + unsigned("{}", "{\"a\":{\"sub\":1},\"sub\":\"x\",\"exp\":1}") + "."))
        .isEqualTo(new FoundKey.Key("x"));
    assertThat(header(sub, "authorization", "Bearer " + unsigned("{}", "{\"sub\":42}") + "."))
        .isEqualTo(new FoundKey.Key("42"));
    assertThat(header(sub, "authorization", "Bearer " + unsigned("{}", "{\"sub\":[1]}") + "."))
        .isEqualTo(FoundKey.None.NONE);
    assertThat(header(sub, "authorization", "Basic eDp5")).isEqualTo(FoundKey.None.NONE);
    assertThat(find(sub, new Request("/", "", Map.of()))).isEqualTo(FoundKey.None.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a.b, three parts",
        "a.b.c.d, three parts",
        "!.!.!, JSON objects in Base64",
        "e30.bm8.e30, JSON",
        "e30.W10.e30, JSON objects",
        "e30.e30e30.e30, JSON objects"
      })
  void what_is_no_token_is_refused(String token, String reason) throws ScaleException {
    assertThat(
            header(
                new KeySource.JwtClaim("sub", Optional.empty()),
                "authorization",
                "Bearer " + token))
        .isInstanceOfSatisfying(
            FoundKey.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(401);
              assertThat(refused.sentence()).contains(reason);
            });
  }

  @Test
  void a_signed_token_must_be_right_and_valid_now() throws Exception {
    String head = "{\"alg\":\"HS256\"}";

    assertThat(claim(signed(head, "{\"sub\":\"x\"}"))).isEqualTo(new FoundKey.Key("x"));
    assertThat(claim(signed(head, "{\"sub\":\"x\",\"exp\":1700000001,\"nbf\":1699999999.5}")))
        .isEqualTo(new FoundKey.Key("x"));
    assertRefused(signed(head, "{\"sub\":\"x\",\"exp\":1699999000}"), "expired");
    assertRefused(signed(head, "{\"sub\":\"x\",\"nbf\":1700001000}"), "not valid yet");
    assertRefused(signed(head, "{\"sub\":\"x\"}") + "A", "token");
    assertRefused(unsigned(head, "{\"sub\":\"x\"}") + ".", "signature is wrong");
    assertRefused(unsigned("{\"alg\":\"none\"}", "{\"sub\":\"x\"}") + ".", "not signed by HS256");
    assertRefused(signed("{\"alg\":\"RS256\"}", "{\"sub\":\"x\"}"), "not signed by HS256");
    assertRefused(
        signed("{\"alg\":\"HS256\",\"crit\":[\"b64\"]}", "{\"sub\":\"x\"}"), "extensions");
    assertRefused(signed("{\"alg\":\"HS256\"}", "{\"sub\":\"x\",\"sub\":\"y\"}"), "JSON");
    String[] parts = signed(head, "{\"sub\":\"x\"}").split("\\.", -1);
    assertRefused(
        parts[0]
            + "."
            + base64("{\"sub\":\"y\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2],
        "signature");
  }

  private void assertRefused(String token, String reason) throws ScaleException, IOException {
    assertThat(claim(token))
        .isInstanceOfSatisfying(
            FoundKey.Refused.class, refused -> assertThat(refused.sentence()).contains(reason));
  }

  @Test
  void a_public_key_verifies_and_is_never_taken_for_a_secret() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Path file = Files.writeString(folder.resolve("key.pem"), pem);
    KeySource sub = new KeySource.JwtClaim("sub", Optional.of(file));
    String text = unsigned("{\"alg\":\"RS256\"}", "{\"sub\":\"x\"}");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    String token = text + "." + base64(signature.sign());

    assertThat(header(sub, "authorization", "Bearer " + token)).isEqualTo(new FoundKey.Key("x"));
    assertThat(header(sub, "authorization", "Bearer " + text + ".AAAA"))
        .isInstanceOf(FoundKey.Refused.class);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(pem.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String forged = unsigned("{\"alg\":\"HS256\"}", "{\"sub\":\"x\"}");
    forged += "." + base64(mac.doFinal(forged.getBytes(StandardCharsets.US_ASCII)));
    assertThat(header(sub, "authorization", "Bearer " + forged))
        .isInstanceOf(FoundKey.Refused.class);
  }

  @Test
  void a_key_that_cannot_be_used_is_said_at_the_start() throws IOException {
    Path small = Files.writeString(folder.resolve("small"), "short");
    Path broken = Files.writeString(folder.resolve("broken"), "-----BEGIN PUBLIC KEY-----\nAAAA\n");

    for (Path file : new Path[] {small, broken, folder.resolve("none")}) {
      assertThatThrownBy(
              () ->
                  find(
                      new KeySource.JwtClaim("sub", Optional.of(file)),
                      new Request("/", "", Map.of())))
          .isInstanceOf(ScaleException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
