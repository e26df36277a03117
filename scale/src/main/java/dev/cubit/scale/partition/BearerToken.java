package dev.cubit.scale.partition;

import dev.cubit.scale.topology.KeySource.JwtClaim;
import dev.cubit.scale.topology.ScaleException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A claim of the token in {@code Authorization: Bearer ...} (RFC 7519). Where a key is given, the
 * token must be signed with it and be valid now; the key says by which algorithm, never the token
 * (RFC 8725, section 3.1).
 */
final class BearerToken {
  private static final String SCHEME = "bearer ";

  /** Clocks differ; RFC 7519, section 4.1.4. */
  private static final double LEEWAY_SECONDS = 30;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String claim;
  private final Optional<TokenKey> key;
  private final InstantSource clock;

  private BearerToken(String claim, Optional<TokenKey> key, InstantSource clock) {
    this.claim = claim;
    this.key = key;
    this.clock = clock;
  }

  static BearerToken of(JwtClaim source, InstantSource clock) throws ScaleException {
    Optional<TokenKey> key =
        source.secret().isPresent()
            ? Optional.of(TokenKey.read(source.secret().get()))
            : Optional.empty();
    return new BearerToken(source.name(), key, clock);
  }

  /**
   * The claim as text.
   *
   * @param authorization the header field's value; may be empty
   */
  FoundKey claim(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return FoundKey.None.NONE;
    }
    String[] parts = authorization.substring(SCHEME.length()).strip().split("\\.", -1);
    if (parts.length != 3) {
      return refused("the token has not three parts");
    }
    try {
      Map<String, String> claims = members(parts[1]);
      Optional<String> fault = key.isPresent() ? fault(key.get(), parts, claims) : Optional.empty();
      return fault.isPresent()
          ? refused(fault.get())
          : KeyFinder.plain(claims.getOrDefault(claim, ""));
    } catch (IllegalArgumentException | JacksonException e) {
      return refused("the token's parts are not JSON objects in Base64");
    }
  }

  private Optional<String> fault(TokenKey signing, String[] parts, Map<String, String> claims) {
    Map<String, String> head = members(parts[0]);
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!head.getOrDefault("alg", "").equals(signing.algorithm())) {
      return Optional.of("the token is not signed by " + signing.algorithm());
    }
    if (head.containsKey("crit")) {
      return Optional.of("the token wants extensions that are not known");
    }
    if (!signing.hasSigned(signed, Base64.getUrlDecoder().decode(parts[2]))) {
      return Optional.of("the token's signature is wrong");
    }
    double now = clock.millis() / 1e3;
    if (now >= seconds(claims, "exp", Double.MAX_VALUE) + LEEWAY_SECONDS) {
      return Optional.of("the token has expired");
    }
    if (now < seconds(claims, "nbf", 0) - LEEWAY_SECONDS) {
      return Optional.of("the token is not valid yet");
    }
    return Optional.empty();
  }

  private static double seconds(Map<String, String> claims, String name, double usual) {
    String text = claims.get(name);
    return text == null
        ? usual
        : Double.parseDouble(text); // not a number: an IllegalArgumentException
  }

  private static FoundKey refused(String sentence) {
    return new FoundKey.Refused(401, sentence);
  }

  /** Texts and numbers of the outermost object; of all else only that it is there. */
  private static Map<String, String> members(String base64) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser json =
        JSON.createParser(ObjectReadContext.empty(), Base64.getUrlDecoder().decode(base64))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no object");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        boolean isText = value == JsonToken.VALUE_STRING || value.isNumeric();
        members.put(name, isText ? json.getString() : "");
        json.skipChildren();
      }
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("more than an object");
      }
    }
    return members;
  }
}
