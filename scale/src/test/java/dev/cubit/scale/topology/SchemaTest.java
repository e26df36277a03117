package dev.cubit.scale.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What editors are told by the schema is what the reader does. */
class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMA_FILE =
      Written.checkout().resolve("scale/src/main/resources/cubit.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(JSON.readTree(SCHEMA_FILE));

  @TempDir Path folder = Path.of("");

  private static List<String> faults(String yaml) {
    Object tree =
        new Load(
                LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setAllowDuplicateKeys(true)
                    .build())
            .loadFromString(yaml);
    return SCHEMA.validate(JSON.valueToTree(tree)).stream().map(Object::toString).toList();
  }

  static Stream<String> good() {
    return Corpus.GOOD.stream();
  }

  static Stream<String> bad() {
    return Corpus.BAD.stream();
  }

  static Stream<String> badByMeaning() {
    return Corpus.BAD_BY_MEANING.stream();
  }

  static Stream<String> documented() throws IOException {
    return DocumentedFiles.all().stream();
  }

  @ParameterizedTest
  @MethodSource("good")
  void both_take(String service) throws IOException {
    String yaml = Corpus.file(service);

    assertThat(Written.in(folder, yaml).problems()).as("the reader").isEmpty();
    assertThat(faults(yaml)).as("the schema").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void both_refuse(String service) throws IOException {
    String yaml = Corpus.file(service);

    assertThat(Written.in(folder, yaml).problems())
        .as("the reader")
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches("[1-9]\\d*:[1-9]\\d*: .{10,}"));
    assertThat(faults(yaml)).as("the schema").isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("badByMeaning")
  void only_the_reader_refuses(String service) throws IOException {
    String yaml = Corpus.file(service);

    assertThat(Written.in(folder, yaml).problems()).as("the reader").hasSize(1);
    assertThat(faults(yaml)).as("the schema").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documented")
  void both_take_what_is_documented(String yaml) throws IOException {
    for (String file : List.of("cert.pem", "key.pem", "ca.pem", "jwt.secret")) {
      Files.writeString(folder.resolve(file), "");
    }
    Files.createDirectories(folder.resolve("services/shop"));

    assertThat(Written.in(folder, yaml).problems()).as("the reader on\n" + yaml).isEmpty();
    assertThat(faults(yaml)).as("the schema on\n" + yaml).isEmpty();
  }

  @Test
  void the_shop_is_valid() throws IOException {
    assertThat(faults(Files.readString(Written.checkout().resolve("examples/shop/cubit.yaml"))))
        .isEmpty();
  }

  @Test
  void every_key_of_the_schema_is_documented() throws IOException {
    String page = Files.readString(Written.checkout().resolve("docs/cubit-yaml.md"));
    TreeSet<String> keys = new TreeSet<>();
    collectKeys(JSON.readTree(SCHEMA_FILE), keys);

    assertThat(keys).hasSizeGreaterThan(60);
    assertThat(keys).allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
  }

  private static void collectKeys(JsonNode node, Set<String> keys) {
    JsonNode properties = node.path("properties");
    if (properties.isObject()) {
      keys.addAll(properties.propertyNames());
    }
    node.forEach(child -> collectKeys(child, keys));
  }
}
