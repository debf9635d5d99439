package dev.postern.core.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Deletes what is dead and can tell nothing more, in small steps as requests go by: a hundred rows
 * of one kind at a time, by one request at a time, after its own transaction; four times a second
 * on each node, and at once again while there is more. Rows that somebody else holds are left for
 * later. Thread-safe.
 */
final class Sweeper {
  /** The dead are kept a while, so that who comes too late is told so. */
  static final Duration KEEP_DEAD = Duration.ofMinutes(10);

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int AT_ONCE = 100;
  private static final Logger LOG = System.getLogger("dev.postern");

  private final Database database;
  private final long pauseNanos;
  private final AtomicBoolean isBusy = new AtomicBoolean();
  private volatile long dueAt = System.nanoTime();
  private volatile int turn;
  private volatile boolean isFailing;

  Sweeper(Database database) {
    this(database, PAUSE);
  }

  Sweeper(Database database, Duration pause) {
    this.database = database;
    this.pauseNanos = pause.toNanos();
  }

  /** Sweeps, if it is time to and nobody else does. Never fails. */
  void sweep() {
    if (!isDue() || !isBusy.compareAndSet(false, true)) {
      return;
    }
    try {
      if (isDue()) {
        boolean isThereMore = swept() == AT_ONCE;
        dueAt = System.nanoTime() + (isThereMore ? 0 : pauseNanos);
      }
    } finally {
      isBusy.set(false);
    }
  }

  private boolean isDue() {
    return System.nanoTime() - dueAt >= 0;
  }

  /** How many rows of the kind whose turn it is. What fails does not keep the others waiting. */
  private int swept() {
    int which = turn;
    int rows = 0;
    try {
      rows = database.transact(session -> Optional.of(sweep(session, which))).orElse(0);
      isFailing = false;
    } catch (RuntimeException e) {
      if (!isFailing) {
        LOG.log(Level.WARNING, "expired rows cannot be deleted: " + e.getMessage());
      }
      isFailing = true;
    }
    if (rows < AT_ONCE) {
      turn = (which + 1) % Sql.SWEEPS;
    }
    return rows;
  }

  private int sweep(Session session, int which) throws SQLException {
    Sql.Sweep sweep = session.sql().sweeps.get(which);
    long now = database.now(session);
    List<Object[]> keys =
        session.all(
            sweep.find(),
            row -> new Object[] {row.getObject(1)},
            now - sweep.keep().toMillis(),
            AT_ONCE);
    if (!keys.isEmpty()) {
      for (String statement : sweep.forEach()) {
        session.updateEach(statement, keys);
      }
    }
    return keys.size();
  }
}
