package dev.postern.core.jdbc;

import dev.postern.core.SharedFailures;
import dev.postern.core.UnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Failed authentications counted over all nodes. Collected in memory and exchanged with the table
 * {@code postern_failure} once a second while there are any, by a thread of its own: no request
 * waits for it, and a flood of them writes no more than a hundred rows a second. What cannot be
 * told is dropped. Thread-safe.
 */
final class JdbcFailures implements SharedFailures, AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_PENDING = 2_000;
  private static final int MOST_WRITTEN = 100;
  private static final int MOST_KNOWN = 10_000;

  private static final long PERIOD_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final Logger LOG = System.getLogger("dev.postern");

  private final Database database;
  private final Ticker ticker;
  private final ConcurrentMap<Long, Integer> pending = new ConcurrentHashMap<>();
  private volatile Known known = new Known(Map.of(), 0);

  JdbcFailures(Database database) {
    this(database, PAUSE);
  }

  JdbcFailures(Database database, Duration pause) {
    this.database = database;
    this.ticker = new Ticker("postern-failures", pause, this::exchange);
  }

  @Override
  public void add(long key) {
    if (pending.size() < MOST_PENDING || pending.containsKey(key)) {
      pending.merge(key, 1, Integer::sum);
    }
    ticker.wake();
  }

  @Override
  public int count(long key) {
    Known last = known;
    boolean isOver = database.clock().millis() >= last.endsAt();
    return (isOver ? 0 : last.counts().getOrDefault(key, 0)) + pending.getOrDefault(key, 0);
  }

  /** Tells the others what happened here, and hears what happened there. */
  void exchange() {
    List<Map.Entry<Long, Integer>> told = taken();
    try {
      known = database.transact(session -> exchange(session, told)).orElseThrow();
    } catch (UnavailableException e) {
      LOG.log(Level.DEBUG, "failure counts were not shared: " + e.getMessage());
    }
  }

  /** The largest counts; the others are dropped, for who guesses makes many. */
  private List<Map.Entry<Long, Integer>> taken() {
    List<Map.Entry<Long, Integer>> all = new ArrayList<>();
    for (Long key : pending.keySet()) {
      Integer count = pending.remove(key);
      if (count != null) {
        all.add(Map.entry(key, count));
      }
    }
    all.sort(Map.Entry.<Long, Integer>comparingByValue().reversed());
    return all.subList(0, Math.min(all.size(), MOST_WRITTEN));
  }

  private Optional<Known> exchange(Session session, List<Map.Entry<Long, Integer>> told)
      throws SQLException {
    long period = database.now(session) / PERIOD_MILLIS;
    // In the order of the keys, so that two nodes do not wait for each other.
    List<Map.Entry<Long, Integer>> ordered = new ArrayList<>(told);
    ordered.sort(Map.Entry.comparingByKey());
    for (Map.Entry<Long, Integer> entry : ordered) {
      int updated = session.update(Sql.ADD_FAILURES, entry.getValue(), entry.getKey(), period);
      if (updated == 0) {
        session.update(Sql.FIRST_FAILURES, entry.getKey(), period, entry.getValue());
      }
    }
    session.update(Sql.FORGET_FAILURES, period);
    Map<Long, Integer> counts = new HashMap<>();
    session.all(Sql.FAILURES, row -> counts.put(row.getLong(1), row.getInt(2)), period, MOST_KNOWN);
    return Optional.of(new Known(counts, (period + 1) * PERIOD_MILLIS));
  }

  @Override
  public void close() {
    ticker.close();
  }

  /** What the table said of a minute, and when that ends by the database's clock. */
  private record Known(Map<Long, Integer> counts, long endsAt) {}
}
