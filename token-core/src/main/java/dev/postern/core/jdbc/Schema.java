package dev.postern.core.jdbc;

import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The tables: whether they are there, and of which version. Thread-safe. */
final class Schema {
  private static final String VERSION = "1";
  private static final int TRIES = 10;
  private static final int SECONDS_PER_STATEMENT = 2;

  /** PostgreSQL's; everybody's; H2's own. */
  private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

  private final boolean isCreated;

  /**
   * Checks the tables.
   *
   * @param isCreated whether they are made when they are missing
   */
  Schema(boolean isCreated) {
    this.isCreated = isCreated;
  }

  /**
   * Returns when the tables are there in this version.
   *
   * @param connection in autocommit mode
   * @throws UnavailableException when they are not, with what to do
   */
  void check(Connection connection, Dialect dialect) throws SQLException {
    Optional<String> found = version(connection);
    if (found.isEmpty() && isCreated) {
      found = created(connection, dialect);
    }
    if (found.isEmpty()) {
      throw new UnavailableException(
          StandardReason.SCHEMA_MISSING,
          "there are no tables of Postern's where the DataSource leads: run "
              + dialect.script()
              + " out of token-core.jar (dev/postern/core/jdbc), or set createSchema=true");
    }
    if (!found.get().equals(VERSION)) {
      throw new UnavailableException(
          StandardReason.SCHEMA_OF_OTHER_VERSION,
          "the tables are of version " + found.get() + ", this is for version " + VERSION);
    }
  }

  /** Several nodes may do this at the same time: who loses a race looks again. */
  private static Optional<String> created(Connection connection, Dialect dialect)
      throws SQLException {
    for (int i = 1; ; i++) {
      try {
        for (String statement : statements(dialect)) {
          run(connection, statement);
        }
        return version(connection);
      } catch (SQLException e) {
        Optional<String> byAnother = version(connection);
        if (byAnother.isPresent()) {
          return byAnother;
        }
        if (i == TRIES) {
          throw new UnavailableException(
              StandardReason.SCHEMA_MISSING, "the tables cannot be created: " + Fault.text(e), e);
        }
        pause();
      }
    }
  }

  private static void pause() {
    long millis = ThreadLocalRandom.current().nextLong(1, 20);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Empty when there is no such table in the schema, or in those, that the connection looks in. */
  private static Optional<String> version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS_PER_STATEMENT);
      try (ResultSet row =
          statement.executeQuery("SELECT content FROM postern_meta WHERE name = 'version'")) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      if (NO_SUCH_TABLE.contains(String.valueOf(e.getSQLState()))) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void run(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS_PER_STATEMENT);
      statement.execute(text);
    }
  }

  /** What makes the tables, the version last. */
  static List<String> statements(Dialect dialect) {
    String lines =
        read(dialect.script())
            .lines()
            .filter(line -> !line.startsWith("--"))
            .reduce("", (before, line) -> before + "\n" + line);
    return Arrays.stream(lines.split(";", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String read(String name) {
    try (InputStream input = Schema.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new IllegalStateException(name + " is missing in token-core.jar");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
