package dev.postern.core.jdbc;

import dev.postern.core.TokenHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection while it is in use: all statements together have 2 s, unless they are given more.
 * Used by one thread.
 */
final class Session {
  private final Connection connection;
  private final Sql sql;
  private final long began = System.nanoTime();
  private int seconds = 2;

  Session(Connection connection, Sql sql) {
    this.connection = connection;
    this.sql = sql;
  }

  /** Throws when the time is over. */
  void checkInTime() throws SQLException {
    if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(seconds)) {
      throw new SQLTimeoutException(
          "a transaction took longer than " + seconds + " s: rolled back");
    }
  }

  /**
   * Gives the statements so many seconds, and the database as many of silence: for what goes
   * through all there is, and would never come to its end if it was rolled back halfway each time.
   */
  void extend(int longer) {
    seconds = longer;
    try {
      connection.setNetworkTimeout(Runnable::run, (int) TimeUnit.SECONDS.toMillis(longer + 1L));
    } catch (SQLException | RuntimeException | LinkageError e) {
      // Not every driver and pool knows such a thing: then there was no limit before.
    }
  }

  Sql sql() {
    return sql;
  }

  /** One of the levels of {@link Connection}. */
  int isolation() throws SQLException {
    return connection.getTransactionIsolation();
  }

  /** Runs a statement, and says how many rows it changed. */
  int update(String text, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(text)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** Runs a statement for each of the keys, in one round trip where the driver can. */
  void updateEach(String text, List<? extends @Nullable Object[]> rows) throws SQLException {
    try (PreparedStatement statement = prepare(text)) {
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** What a query says, row by row. */
  <T> List<T> all(String text, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(text)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(reader.read(rows));
        }
        return all;
      }
    }
  }

  /** The row of a query that has one at most. */
  <T> Optional<T> one(String text, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    List<T> rows = all(text, reader, values);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  private PreparedStatement prepare(String text) throws SQLException {
    checkInTime();
    long spent = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      statement.setQueryTimeout((int) Math.max(1, seconds - spent));
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        statement.setNull(i + 1, Types.NULL);
      } else if (value instanceof TokenHash hash) {
        statement.setBytes(i + 1, hash.octets());
      } else if (value instanceof byte[] octets) {
        statement.setBytes(i + 1, octets);
      } else if (value instanceof Long number) {
        statement.setLong(i + 1, number);
      } else if (value instanceof Integer number) {
        statement.setInt(i + 1, number);
      } else if (value instanceof Boolean flag) {
        statement.setBoolean(i + 1, flag);
      } else {
        statement.setString(i + 1, value.toString());
      }
    }
  }

  /** Makes something of the row that the cursor is on. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
