package dev.postern.core.jdbc;

import dev.postern.core.testing.SettableClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes that share a database behind a {@link FaultyPool}, which has no tables until the first of
 * them does something. The database's clock is a row that follows a test's.
 */
final class Nodes implements AutoCloseable {
  private static final String NOW = "(SELECT millis FROM test_clock)";

  final FaultyPool pool = new FaultyPool();
  final SettableClock clock = new SettableClock();
  private final List<Runnable> opened = new ArrayList<>();

  Nodes() {
    execute("CREATE TABLE test_clock (millis BIGINT NOT NULL)");
    execute("INSERT INTO test_clock VALUES (0)");
    clock.leads(this::setDatabaseClock);
  }

  void setDatabaseClock(Instant now) {
    execute("UPDATE test_clock SET millis = ?", now.toEpochMilli());
  }

  /** A node's access to the database; makes the tables. */
  Database database() {
    return database(new Schema(true));
  }

  Database database(Schema schema) {
    Database database = new Database(pool::source, schema, dialect -> NOW, clock);
    opened.add(database::close);
    return database;
  }

  /** A node's store, which sweeps with each commit. */
  JdbcStore store() {
    return store(database(), Duration.ZERO);
  }

  JdbcStore store(Database database, Duration pause) {
    JdbcStore store = new JdbcStore(database, new Sweeper(database, pause));
    opened.add(store::close);
    return store;
  }

  /** Runs a statement where nothing fails. */
  void execute(String sql, Object... values) {
    try (Connection connection = pool.database().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows of a query where nothing fails, with bars between their columns. */
  List<String> rows(String sql) {
    try (Connection connection = pool.database().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(String.join("|", row));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String table) {
    return Long.parseLong(rows("SELECT COUNT(*) FROM " + table).get(0));
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
    execute("SHUTDOWN");
  }
}
