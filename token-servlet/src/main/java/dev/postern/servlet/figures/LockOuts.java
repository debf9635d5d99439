package dev.postern.servlet.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who failed too often of late: at most 100 of them, as text. Thread-safe. */
final class LockOuts {
  private static final int MOST = 100;
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** The one that failed last stands last. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /** Whether it is news: there was none of this client and source within the minute before. */
  synchronized boolean add(String clientId, String source, Instant at) {
    Key key = new Key(clientId, source);
    Entry before = entries.remove(key);
    boolean isNews = before == null || !at.isBefore(before.last.plus(QUIET));
    entries.put(key, isNews ? new Entry(at, at, 1) : before.next(at));
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
    return isNews;
  }

  /** One line each. */
  synchronized List<String> newestFirst() {
    List<String> lines = new ArrayList<>();
    entries.forEach(
        (key, entry) ->
            lines.add(
                entry.first
                    + " client=\""
                    + key.clientId
                    + "\" source=\""
                    + key.source
                    + "\" refused="
                    + entry.count));
    Collections.reverse(lines);
    return lines;
  }

  private record Key(String clientId, String source) {}

  private record Entry(Instant first, Instant last, long count) {
    Entry next(Instant at) {
      return new Entry(first, at, count + 1);
    }
  }
}
