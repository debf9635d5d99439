package dev.postern.core.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection that is borrowed from a pool, and goes back as it came: pools hand out connections
 * with and without autocommit, and not all put things right themselves. What was not committed
 * until then is undone. Used by one thread.
 */
final class Borrowed implements AutoCloseable {
  /** A database that says nothing for so long is not there. */
  private static final int MAX_SILENCE_MILLIS = 3_000;

  private static final int UNKNOWN = -1;

  private final Connection connection;
  private final boolean wasAutoCommit;
  private final int maxSilenceMillis;
  private boolean isInTransaction;
  private boolean isBroken;

  private Borrowed(Connection connection) throws SQLException {
    this.connection = connection;
    this.wasAutoCommit = connection.getAutoCommit();
    this.maxSilenceMillis = limitSilence(connection);
  }

  static Borrowed of(Connection connection) throws SQLException {
    try {
      return new Borrowed(connection);
    } catch (SQLException | RuntimeException | Error e) {
      isDone(connection::close);
      throw e;
    }
  }

  /** Not every driver and pool knows such a thing. */
  private static int limitSilence(Connection connection) {
    try {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, MAX_SILENCE_MILLIS);
      return before;
    } catch (SQLException | RuntimeException | LinkageError e) {
      return UNKNOWN;
    }
  }

  /** The connection itself; each of its statements commits at once. */
  Connection withAutoCommit() throws SQLException {
    setAutoCommit(true);
    return connection;
  }

  /** The connection itself; what its statements do waits for {@link #commit}. */
  Connection inTransaction() throws SQLException {
    setAutoCommit(false);
    isInTransaction = true;
    return connection;
  }

  private void setAutoCommit(boolean isOn) throws SQLException {
    if (connection.getAutoCommit() != isOn) {
      connection.setAutoCommit(isOn);
    }
  }

  void commit() throws SQLException {
    connection.commit();
    isInTransaction = false;
  }

  /** It is of no use to anybody any more. */
  void giveUp() {
    isBroken = true;
  }

  /** Never fails: what was committed stays so, whatever becomes of the connection. */
  @Override
  public void close() {
    boolean isFit = !isBroken && isDone(this::putBack);
    // Its pool is not to give it to anybody again, half of a transaction in it.
    if (!isFit && !isDone(() -> connection.abort(Runnable::run))) {
      isDone(this::putBack);
    }
    isDone(connection::close);
  }

  /** Undoes first: to turn autocommit on would commit. */
  private void putBack() throws SQLException {
    if (isInTransaction) {
      connection.rollback();
      isInTransaction = false;
    }
    setAutoCommit(wasAutoCommit);
    if (maxSilenceMillis != UNKNOWN) {
      connection.setNetworkTimeout(Runnable::run, maxSilenceMillis);
    }
  }

  private static boolean isDone(Step step) {
    try {
      step.run();
      return true;
    } catch (SQLException | RuntimeException | LinkageError e) {
      return false;
    }
  }

  private interface Step {
    void run() throws SQLException;
  }
}
