package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a/b, /a/b",
    "/a/b/, /a/b/",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/b/.., /a/",
    "/a/., /a/",
    "/a/%2e%2e/b, /b",
    "/a/.%2E/b, /b",
    "/%61, /a",
    "/a%2fb, /a%2Fb",
    "/a%20b, /a%20b",
    "/%7euser, /~user",
    "//a, /a",
    "///a//b, /a//b",
    "/a//../b, /a/b",
    "/.well-known/x, /.well-known/x",
    "/a/...; , /a/...;",
    "/a/.../b, /a/.../b",
    "/a/..b, /a/..b",
    "/a.b/c., /a.b/c.",
    "http://h/a/../b, /b",
    "http://h, /",
  })
  void a_path_comes_in_its_normal_form(String target, String normal) throws Exception {
    RequestHead head = new RequestHead(4096, 10);
    byte[] bytes = ("GET " + target + "?q=%zz HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(ISO_8859_1);
    head.parse(bytes, 0, bytes.length);
    RequestPath path = new RequestPath();

    path.of(head);

    assertThat(path.toString()).isEqualTo(normal);
    assertThat(Bytes.text(bytes, head.queryFrom, head.targetTo)).isEqualTo("?q=%zz");
  }
}
