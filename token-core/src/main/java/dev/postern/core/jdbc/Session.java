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

/** A connection while it is in use: all statements together have 2 s. Used by one thread. */
final class Session {
  private static final int SECONDS = 2;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(SECONDS);

  private final Connection connection;
  private final Sql sql;
  private final long began = System.nanoTime();

  Session(Connection connection, Sql sql) {
    this.connection = connection;
    this.sql = sql;
  }

  /** Throws when the time is over. */
  void checkInTime() throws SQLException {
    if (System.nanoTime() - began > NANOS) {
      throw new SQLTimeoutException("a transaction took longer than 2 s: rolled back");
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

  /** The only row of a query by a primary key. */
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
      statement.setQueryTimeout((int) Math.max(1, SECONDS - spent));
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
