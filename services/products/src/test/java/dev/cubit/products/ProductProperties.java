package dev.cubit.products;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.ProblemException;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Target;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for any names, ranges and documents. */
final class ProductProperties {
  @Property
  void a_name_in_a_path_is_that_name_again(@ForAll("texts") String name) {
    var target =
        Target.parse("/products/" + Target.encoded(name) + "?after=" + Target.encoded(name));

    var normal = Normalizer.normalize(name, Normalizer.Form.NFC);
    assertThat(target.segments()).isEqualTo(List.of("products", normal));
    assertThat(target.query()).containsEntry("after", normal);
  }

  @Property
  void a_name_is_taken_or_refused_with_a_reason(@ForAll String name) {
    try {
      assertThat(ProductName.checked(name)).isEqualTo(name).isNotBlank();
    } catch (ProblemException e) {
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.parameter()).isEqualTo("name");
    }
  }

  @Property
  void keys_compare_by_code_point(@ForAll("texts") String a, @ForAll("texts") String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();

    assertThat(Integer.signum(KeyRange.compare(a, b)))
        .isEqualTo(Integer.signum(Arrays.compare(x, y)));
  }

  @Property
  void a_key_is_in_exactly_one_of_ranges_side_by_side(@ForAll("texts") String name) {
    var ranges =
        List.of(
            new KeyRange("", "@", true),
            new KeyRange("A", "L", true),
            new KeyRange("M", "Z", true),
            new KeyRange("[", "", true));

    assertThat(ranges.stream().filter(range -> range.contains(name))).hasSize(1);
  }

  @Property
  void upper_and_lower_case_are_in_one_range(@ForAll("words") String name) {
    var range = new KeyRange("F", "L", true);

    assertThat(range.contains(name.toUpperCase(Locale.ROOT)))
        .isEqualTo(range.contains(name.toLowerCase(Locale.ROOT)))
        .isEqualTo("FGHIJKL".indexOf(Character.toUpperCase(name.charAt(0))) >= 0);
  }

  @Property
  void a_price_that_is_taken_is_told_again(
      @ForAll long amount, @ForAll long stock, @ForAll("currencies") String currency) {
    var document = new Product.Details(amount, currency, stock).toJson();
    boolean good =
        amount >= 0
            && amount <= 1_000_000_000_000L
            && stock >= 0
            && stock <= 1_000_000_000L
            && !currency.equals("eur");
    try {
      var details = Product.Details.read(reread(document), "x");
      assertThat(good).isTrue();
      assertThat(details.toJson()).isEqualTo(document);
    } catch (ProblemException e) {
      assertThat(good).as(e.getMessage()).isFalse();
    }
  }

  /** The examples of RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
        "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"} | {\"a\":null} | {}",
        "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
        "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
        "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
        "[\"a\",\"b\"] | [\"c\",\"d\"] | [\"c\",\"d\"]",
        "{\"a\":\"b\"} | [\"c\"] | [\"c\"]",
        "{\"a\":\"foo\"} | null | null",
        "{\"a\":\"foo\"} | \"bar\" | \"bar\"",
        "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
        "[1,2] | {\"a\":\"b\",\"c\":null} | {\"a\":\"b\"}",
        "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
      })
  void a_merge_patch_does_what_its_rfc_says(String target, String patch, String result) {
    assertThat(MergePatch.apply(json(target), json(patch))).isEqualTo(json(result));
  }

  @Property
  void a_patch_of_the_whole_gives_the_patch(
      @ForAll("documents") ObjectNode target, @ForAll("documents") ObjectNode patch) {
    var before = target.deepCopy();

    var result = MergePatch.apply(target, patch);

    assertThat(MergePatch.apply(result, patch)).as("twice is once").isEqualTo(result);
    assertThat(MergePatch.apply(JsonText.object(), patch)).isEqualTo(patch);
    assertThat(target).as("the target").isEqualTo(before);
  }

  /** Unicode knows all of them, and they are no halves of pairs. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("AaLlMmZz@[%/+?&=. éÉßﬁＡ日")
        .withCharRange(' ', '\u02ff')
        .ofMinLength(0)
        .ofMaxLength(8)
        .flatMap(text -> Arbitraries.of("", "😀", "e\u0301", "\u1e9e").map(more -> text + more));
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withCharRange('a', 'z').withCharRange('A', 'Z').ofMinLength(1);
  }

  @Provide
  Arbitrary<String> currencies() {
    return Arbitraries.of("EUR", "JPY", "eur");
  }

  /** Without nulls. */
  @Provide
  Arbitrary<ObjectNode> documents() {
    return Arbitraries.maps(
            Arbitraries.of("a", "b", "c"),
            Arbitraries.maps(Arbitraries.of("x", "y"), Arbitraries.integers()))
        .map(
            fields -> {
              var document = JsonText.object();
              fields.forEach(
                  (name, inner) -> {
                    var object = document.putObject(name);
                    inner.forEach(object::put);
                  });
              return document;
            });
  }

  private static ObjectNode reread(ObjectNode document) {
    return JsonText.readObject(JsonText.write(document));
  }

  private static JsonNode json(String text) {
    return JsonText.read(text.getBytes(UTF_8));
  }
}
