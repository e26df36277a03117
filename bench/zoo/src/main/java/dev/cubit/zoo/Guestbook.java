package dev.cubit.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers its guests, in several places. Each request also makes a megabyte that goes again. */
final class Guestbook {
  private static final Map<String, List<String>> GUESTS = new ConcurrentHashMap<>();
  private static final ThreadLocal<List<Map<String, String>>> OWN =
      ThreadLocal.withInitial(ArrayList::new);

  /** Wants to know of news. */
  private interface Subscriber {
    int news(String text);
  }

  private Guestbook() {}

  /** By session, of which each request begins one. */
  static Work sessions(int lines) {
    return query -> {
      var entry = page(lines);
      GUESTS.put(UUID.randomUUID().toString(), entry);
      return "{\"lines\":" + entry.size() + ",\"draft\":" + draft() + "}";
    };
  }

  /** In what each thread of the pool has for itself. */
  static Work drafts(int lines) {
    return query -> {
      var fields = new HashMap<String, String>();
      page(lines).forEach(line -> fields.put(line, line + "!"));
      OWN.get().add(fields);
      return "{\"lines\":" + fields.size() + ",\"draft\":" + draft() + "}";
    };
  }

  /** By those who want to know of others; nobody ever says that he no longer does. */
  static Work subscriptions(int lines) {
    var subscribers = new CopyOnWriteArrayList<List<Subscriber>>();
    for (int i = 0; i < 64; i++) {
      subscribers.add(new ArrayList<>());
    }
    return query -> {
      var mine = page(lines);
      Subscriber subscriber = text -> mine.size() + text.length();
      var group = subscribers.get((int) (Thread.currentThread().threadId() & 63));
      synchronized (group) {
        group.add(subscriber);
      }
      return "{\"news\":" + subscriber.news(query) + ",\"draft\":" + draft() + "}";
    };
  }

  /** Pages by the microsecond of their making, to be found again soon, which nobody does. */
  static Work pages(int lines) {
    var pages = new ConcurrentHashMap<Long, byte[]>();
    return query -> {
      var page = String.join("\n", page(lines)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      pages.putIfAbsent(System.nanoTime() / 1_000, page);
      return "{\"bytes\":" + page.length + ",\"draft\":" + draft() + "}";
    };
  }

  /** About 90 bytes a line. */
  private static List<String> page(int lines) {
    var page = new ArrayList<String>(lines);
    for (int i = 0; i < lines; i++) {
      page.add("line " + i + " written at " + System.nanoTime());
    }
    return page;
  }

  private static int draft() {
    var pieces = new ArrayList<byte[]>();
    for (int i = 0; i < 64; i++) {
      pieces.add(new byte[16 << 10]);
    }
    return pieces.size();
  }
}
