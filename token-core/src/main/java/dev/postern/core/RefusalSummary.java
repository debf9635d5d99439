package dev.postern.core;

import dev.postern.core.TokenListener.RefusedEvent;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Refusals of late at a glance. Immutable.
 *
 * @param reach of which nodes they are
 * @param newest the newest first, at most {@link #MOST_LISTED}
 * @param numbers how many there were of each number, such as {@code TOK2102}: the most first, at
 *     most {@link #MOST_COUNTED}
 * @param clients how many of each client that named itself, likewise
 * @param days how many on each day (UTC), the oldest first
 */
public record RefusalSummary(
    Reach reach,
    List<RefusedEvent> newest,
    Map<String, Long> numbers,
    Map<String, Long> clients,
    SortedMap<LocalDate, Long> days) {
  public static final int MOST_LISTED = 100;
  public static final int MOST_COUNTED = 10;

  /** Whose refusals they are. */
  public enum Reach {
    /** This node's, kept in its memory. */
    THIS_NODE,
    /** Those of all nodes that share a database. */
    ALL_NODES,
    /** This node's alone, as the database is away. */
    THIS_NODE_FOR_NOW
  }

  public RefusalSummary {
    newest = List.copyOf(newest);
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }

  /** A summary of these, the newest first. */
  public static RefusalSummary of(Reach reach, List<RefusedEvent> events) {
    return new RefusalSummary(
        reach,
        events.subList(0, Math.min(events.size(), MOST_LISTED)),
        counted(events, event -> event.refusal().reason().label()),
        counted(events, RefusedEvent::clientId),
        events.stream()
            .collect(
                Collectors.groupingBy(
                    event -> LocalDate.ofInstant(event.at(), ZoneOffset.UTC),
                    TreeMap::new,
                    Collectors.counting())));
  }

  /** The same, of other nodes or fewer. */
  public RefusalSummary within(Reach other) {
    return new RefusalSummary(other, newest, numbers, clients, days);
  }

  private static Map<String, Long> counted(
      List<RefusedEvent> events, Function<RefusedEvent, String> key) {
    Map<String, Long> all =
        events.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
    Map<String, Long> most = new LinkedHashMap<>();
    all.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_COUNTED)
        .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
    return most;
  }
}
