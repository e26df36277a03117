package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.load.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What this room's tests share: what people are told of what they can mend, and files to read. */
final class Told {
  /** A request without anything of its own, to this service where there is only a path. */
  static final RequestDefaults DEFAULTS =
      new RequestDefaults(
          Optional.of(URI.create("http://base:1")), "GET", List.of(), new byte[0], List.of());

  private Told() {}

  /** The message of the one exception that it may throw. */
  static AbstractStringAssert<?> by(ThrowingCallable call) {
    assertThatThrownBy(call).isExactlyInstanceOf(RequestFileException.class);
    try {
      call.call();
    } catch (Throwable e) {
      String message = String.valueOf(e.getMessage());
      requireReadable(message);
      return assertThat(message);
    }
    throw new AssertionError("it throws only now and then");
  }

  /** One line for the screen. */
  static void requireReadable(String message) {
    assertThat(message.chars())
        .as("the message is one line without control characters: %s", message)
        .noneMatch(Character::isISOControl);
    assertThat(message).hasSizeBetween(10, 1003);
  }

  /** As it would be written in a plain file. */
  static String plain(Request request) {
    return request.method() + " " + request.url();
  }

  static String body(Request request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  /** Something that reads a file. */
  interface Reader<T> {
    T read(Path file) throws RequestFileException;
  }

  /** What is read from a file with this content, which is gone afterwards. */
  static <T> T from(byte[] content, Reader<T> reader) throws RequestFileException {
    try {
      Path file = Files.createTempFile("cubit", ".requests");
      try {
        Files.write(file, content);
        return reader.read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
