package dev.postern.core.jdbc;

import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.UnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writes refusals into the table {@code postern_trace}: once a second while there are any, at most
 * a hundred at a time, by a thread of its own. Who adds one never waits; what is too much, or meets
 * a database that is away, is dropped and counted. Keeps the table within its bound, whatever
 * anonymous callers do. Thread-safe.
 */
final class TraceWriter implements AutoCloseable {
  /** Each node may go beyond it by {@link #CHECKED_EVERY}. */
  static final int MOST_KEPT = 10_000;

  static final int MOST_WAITING = 100;
  static final int CHECKED_EVERY = 500;

  /** More than are written between two looks, so that it never falls behind. */
  private static final int MOST_FORGOTTEN = 2 * CHECKED_EVERY;

  private static final Logger LOG = System.getLogger("dev.postern");

  private final Database database;
  private final Duration retention;
  private final int mostKept;
  private final BlockingQueue<RefusedEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder dropped = new LongAdder();
  private final Ticker ticker;

  /** Nodes that come and go often have to look, too: the first time is at once. */
  private int unchecked = CHECKED_EVERY;

  TraceWriter(Database database, Duration retention, int mostKept, Duration pause) {
    this.database = database;
    this.retention = retention;
    this.mostKept = mostKept;
    this.ticker = new Ticker("postern-trace", pause, this::write);
  }

  void add(RefusedEvent event) {
    if (!waiting.offer(event)) {
      dropped.increment();
    }
    ticker.wake();
  }

  long dropped() {
    return dropped.sum();
  }

  /** Writes what waits; when it returns, that is in the table or dropped. */
  synchronized void write() {
    List<RefusedEvent> taken = new ArrayList<>();
    waiting.drainTo(taken);
    if (taken.isEmpty()) {
      return;
    }
    try {
      database.transact(session -> save(session, taken));
      unchecked += taken.size();
    } catch (UnavailableException e) {
      dropped.add(taken.size());
      LOG.log(Level.DEBUG, "refusals were not shared: " + e.getMessage());
    }
    if (unchecked >= CHECKED_EVERY) {
      checkBound();
    }
  }

  private Optional<Boolean> save(Session session, List<RefusedEvent> events) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (RefusedEvent event : events) {
      rows.add(TraceRow.of(event, retention));
    }
    session.updateEach(TraceSql.SAVE, rows);
    return Optional.of(true);
  }

  private void checkBound() {
    try {
      database.transact(this::forgetOldest);
      unchecked = 0;
    } catch (UnavailableException e) {
      LOG.log(Level.DEBUG, "old refusals were not deleted: " + e.getMessage());
    }
  }

  private Optional<Boolean> forgetOldest(Session session) throws SQLException {
    Optional<Long> excess = session.one(TraceSql.NEWEST_TOO_MANY, row -> row.getLong(1), mostKept);
    if (excess.isPresent()) {
      List<Object[]> keys =
          session.all(
              TraceSql.OLDEST,
              row -> new Object[] {row.getString(1)},
              excess.get(),
              MOST_FORGOTTEN);
      session.updateEach(TraceSql.FORGET, keys);
    }
    return Optional.of(true);
  }

  @Override
  public void close() {
    ticker.close();
  }
}
