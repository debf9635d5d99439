package dev.postern.core.jdbc;

import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work against the database: on a connection for just so long, with deadlines, and again where
 * the database undid it, or the connection was lost before it was told to commit. Whatever else
 * goes wrong comes out as an {@link UnavailableException}. Thread-safe.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.postern");

  private static final int TRIES = 5;

  /** For all tries together, the waiting for their connections included. */
  private static final long TRY_NANOS = Duration.ofMillis(1_500).toNanos();

  private final Supplier<DataSource> source;
  private final Schema schema;
  private final Function<Dialect, String> now;
  private final DatabaseClock clock;
  private final PoolWait poolWait = new PoolWait();

  /** Why there was no connection when one was last asked for, until some work is done on one. */
  private final AtomicReference<@Nullable String> unreached = new AtomicReference<>();

  /** Known once the tables were found to be in order. */
  private volatile @Nullable Sql sql;

  Database(
      Supplier<DataSource> source,
      Schema schema,
      Function<Dialect, String> now,
      InstantSource ownClock) {
    this.source = source;
    this.schema = schema;
    this.now = now;
    this.clock = new DatabaseClock(ownClock, System::nanoTime);
  }

  DatabaseClock clock() {
    return clock;
  }

  /** What the database's clock says now; {@link #clock} takes note of it. */
  long now(Session session) throws SQLException {
    long now = session.one(session.sql().now, row -> row.getLong(1)).orElseThrow();
    clock.set(now);
    return now;
  }

  /**
   * Runs work of one statement, or of several that need not go together. Where the connection is
   * lost the database may have done it all the same, and it is done again: so it only reads, or
   * comes to the same the second time, or inserts under a hash of chance, which is refused then as
   * there already. What such a row stands for nobody has been given (I6).
   */
  <T> T run(Work<T> work) {
    return retried(work, false);
  }

  /** Runs work as one transaction; work that returns nothing is rolled back. */
  <T> Optional<T> transact(Work<Optional<T>> work) {
    return retried(work, true);
  }

  private <T> T retried(Work<T> work, boolean isTransaction) {
    long deadline = System.nanoTime() + TRY_NANOS;
    for (int i = 1; ; i++) {
      try {
        T result = once(work, isTransaction, deadline);
        noteReached();
        return result;
      } catch (SQLException e) {
        Fault fault = Fault.of(e);
        if (fault == Fault.OTHER || i == TRIES || System.nanoTime() >= deadline) {
          throw unavailable(e);
        }
        if (fault == Fault.CONFLICT) {
          pause(i);
        }
      }
    }
  }

  private <T> T once(Work<T> work, boolean isTransaction, long deadline) throws SQLException {
    try (Borrowed borrowed = Borrowed.of(connection(deadline))) {
      try {
        return on(borrowed, work, isTransaction);
      } catch (SQLException e) {
        if (Fault.of(e) == Fault.CONNECTION_LOST) {
          borrowed.giveUp();
        }
        throw e;
      }
    }
  }

  private Connection connection(long deadline) throws SQLException {
    try {
      return poolWait.connection(source.get(), deadline);
    } catch (SQLException | UnavailableException e) {
      unreached.set(e instanceof SQLException failure ? Fault.text(failure) : e.getMessage());
      throw e;
    }
  }

  private <T> T on(Borrowed borrowed, Work<T> work, boolean isTransaction) throws SQLException {
    Sql statements = sql(borrowed);
    if (!isTransaction) {
      return work.run(new Session(borrowed.withAutoCommit(), statements));
    }
    Session session = new Session(borrowed.inTransaction(), statements);
    T result = work.run(session);
    if (!result.equals(Optional.empty())) {
      // Who was stopped in between wakes up when what it has spent may have expired long ago.
      session.checkInTime();
      commit(borrowed);
    }
    return result;
  }

  /**
   * "Any doubt about the store: no token." (I6) What may have been committed is not tried again.
   */
  private static void commit(Borrowed borrowed) throws SQLException {
    try {
      borrowed.commit();
    } catch (SQLException | RuntimeException e) {
      if (e instanceof SQLException failure && Fault.of(failure) == Fault.CONFLICT) {
        throw failure;
      }
      borrowed.giveUp();
      throw new UnavailableException(
          StandardReason.STORE_UNAVAILABLE,
          "whether the database has committed is not known: " + Fault.text(e),
          e);
    }
  }

  /** The statements for this database, once its tables have been looked at. */
  private Sql sql(Borrowed borrowed) throws SQLException {
    Sql known = sql;
    if (known != null) {
      return known;
    }
    Connection connection = borrowed.withAutoCommit();
    Dialect dialect = Dialect.of(connection);
    schema.check(connection, dialect);
    Sql made = new Sql(now.apply(dialect));
    now(new Session(connection, made));
    sql = made;
    return made;
  }

  private UnavailableException unavailable(SQLException e) {
    if (Fault.isOfTables(e)) {
      // Gone, or the DataSource leads elsewhere by now: the next one looks at them again.
      sql = null;
    }
    return new UnavailableException(
        StandardReason.STORE_UNAVAILABLE, "the database: " + Fault.text(e), e);
  }

  /** Who saw in the log that there were no connections sees there that there are some again. */
  private void noteReached() {
    String before = unreached.get() == null ? null : unreached.getAndSet(null);
    if (before != null) {
      LOG.log(Level.INFO, "the database can be reached again; before that: " + before);
    }
  }

  /** Who was undone because of another does not meet it again at once. */
  private static void pause(int tries) {
    long millis = ThreadLocalRandom.current().nextLong(1, 1L + 5L * tries);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public void close() {
    poolWait.close();
  }

  /** What is done on a connection. */
  interface Work<T> {
    T run(Session session) throws SQLException;
  }
}
