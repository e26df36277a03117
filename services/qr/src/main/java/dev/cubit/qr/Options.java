package dev.cubit.qr;

import dev.cubit.qr.symbol.SymbolException;
import dev.cubit.server.ProblemException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one request asks for, gathered from its query and its body. Two names for the same thing
 * with different values are refused, and so is one name with two values: there is no telling which
 * of them was meant.
 *
 * <p>Used by one thread. A request with nothing but a text costs no map.
 */
final class Options {
  private record Entry(String name, Object value) {}

  private Map<Option, Entry> entries = Map.of();
  private String dataName;
  private Payload payload;
  private boolean dataGiven;
  private Optional<ProblemException> problem = Optional.empty();

  private Options(String dataName, Payload payload) {
    this.dataName = dataName;
    this.payload = payload;
  }

  static Options empty() {
    return new Options("data", new Payload.Text(""));
  }

  /** The plain case. */
  static Options of(String dataName, String text) {
    var options = new Options(dataName, new Payload.Text(text));
    options.dataGiven = true;
    return options;
  }

  /** Takes one option in. What is wrong with it is kept for {@link #check}. */
  void put(String name, String value) {
    try {
      var option = Option.named(name);
      if (option.isEmpty()) {
        fail(Option.unknown(name));
      } else if (option.get() == Option.DATA) {
        data(name, new Payload.Text(value));
      } else if (problem.isEmpty()) {
        put(option.get(), new Entry(name, option.get().read(name, value)));
      }
    } catch (ProblemException e) {
      fail(e);
    }
  }

  /** Takes the text in. */
  void data(String name, Payload data) {
    if (!dataGiven) {
      dataName = name;
      payload = data;
    } else if (!payload.equals(data)) {
      fail(contradiction(dataName, name));
    }
    dataGiven = true;
  }

  private void put(Option option, Entry entry) {
    if (entries.isEmpty()) {
      entries = new EnumMap<>(Option.class);
    }
    var before = entries.putIfAbsent(option, entry);
    if (before != null && !before.value().equals(entry.value())) {
      fail(contradiction(before.name(), entry.name()));
    }
  }

  /** Takes over what is not said here. */
  void fallBackTo(Options shared) {
    shared.entries.forEach(
        (option, entry) -> {
          if (!has(option)) {
            put(option, entry);
          }
        });
  }

  /** Remembers the first thing that is wrong. */
  void fail(ProblemException e) {
    if (problem.isEmpty()) {
      problem = Optional.of(e);
    }
  }

  /** Throws what was wrong. */
  void check() {
    if (problem.isPresent()) {
      throw problem.get();
    }
  }

  Payload payload() {
    return payload;
  }

  /** Whether nothing but {@code data} is given. */
  boolean isPlain() {
    return entries.isEmpty() && dataName.equals("data");
  }

  boolean has(Option option) {
    return entries.containsKey(option);
  }

  <T> Optional<T> get(Option option, Class<T> type) {
    return Optional.ofNullable(entries.get(option)).map(entry -> type.cast(entry.value()));
  }

  int number(Option option, int otherwise) {
    return get(option, Integer.class).orElse(otherwise);
  }

  boolean flag(Option option) {
    return get(option, Boolean.class).orElse(false);
  }

  /** The name that the client used, ours if it used none. */
  String name(Option option) {
    if (option == Option.DATA) {
      return dataName;
    }
    var entry = entries.get(option);
    return entry == null ? option.names().getFirst() : entry.name();
  }

  /** A problem with an option, by the name that the client used. */
  ProblemException problem(Option option, String detail) {
    return ProblemException.parameter(name(option), detail);
  }

  /** What the encoder refused, told of the option that has to change. */
  ProblemException problem(SymbolException e) {
    var option =
        switch (e.fault()) {
          case TEXT -> Option.DATA;
          case VERSION -> Option.VERSION;
          case LEVEL -> Option.LEVEL;
          case MASK -> Option.MASK;
          case MICRO -> Option.MICRO;
          case ECI -> Option.ECI;
          case PARTS -> Option.PARTS;
        };
    return problem(option, e.getMessage());
  }

  ProblemException contradiction(Option one, Option other) {
    return contradiction(name(one), name(other));
  }

  private static ProblemException contradiction(String one, String other) {
    return ProblemException.parameter(
        other,
        one.equals(other)
            ? "'" + one + "' is given twice, with different values; give it once"
            : "'" + one + "' and '" + other + "' contradict each other; leave one of them away");
  }
}
