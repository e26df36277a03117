package dev.cubit.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.jar --db.password=hunter2 --port=80 | app.jar --db.password=*** --port=80",
        "-Djavax.net.ssl.keyStorePassword=hunter2 -Xmx1g"
            + "| -Djavax.net.ssl.keyStorePassword=*** -Xmx1g",
        "-Ddb.pass=hunter2 -Dpwd=hunter2 | -Ddb.pass=*** -Dpwd=***",
        "app.jar --shop.api.key=hunter2 serve | app.jar --shop.api.key=*** serve",
        "app.jar --api-key hunter2 serve | app.jar --api-key *** serve",
        "app.jar --token --verbose | app.jar --token --verbose",
        "AWS_SECRET_ACCESS_KEY=hunter2 run | AWS_SECRET_ACCESS_KEY=*** run",
        "app.jar jdbc:postgresql://me:hunter2@db/shop | app.jar jdbc:postgresql://me:***@db/shop",
        "app.jar redis://:hunter2@cache | app.jar redis://:***@cache",
        "app.jar jdbc:h2:mem:shop;user=me;password=hunter2"
            + "| app.jar jdbc:h2:mem:shop;user=me;password=***",
        "-H Authorization: Bearer hunter2 / | -H Authorization: Bearer *** /",
      })
  void secrets_are_masked(String words, String shown) {
    assertThat(Secrets.masked(words)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token-service.jar serve --port 80",
        "-Xmx1g -XX:+UseZGC -Dserver.port=8080",
        "app.jar --auth http://token-service:8080/ --bypass=on",
        "-cp /opt/passwords.jar:/opt/app.jar shop.Main",
      })
  void what_is_none_stays(String words) {
    assertThat(Secrets.masked(words)).isEqualTo(words);
    assertThat(Secrets.masked(List.of(words.split(" ", -1)))).containsExactly(words.split(" ", -1));
  }

  @Test
  void words_that_are_apart_are_masked_whole() {
    List<String> typed =
        List.of(
            "doctor",
            "-H",
            "Authorization: Digest a b",
            "/?api_key=hunter2",
            "--",
            "java",
            "-Ddb.password=two words",
            "-jar",
            "app.jar",
            "--secret",
            "two words",
            "serve");

    assertThat(Secrets.masked(typed))
        .containsExactly(
            "doctor",
            "-H",
            "Authorization:***",
            "/?api_key=***",
            "--",
            "java",
            "-Ddb.password=***",
            "-jar",
            "app.jar",
            "--secret",
            "***",
            "serve");
  }
}
