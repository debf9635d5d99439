package dev.postern.it.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The databases themselves: that they start, stop and are as the tests of the store rely on. */
final class DatabasesIT {
  @ParameterizedTest
  @EnumSource
  void each_database_is_its_own(Databases databases) throws SQLException {
    Database first = databases.create();
    Database second = databases.create();
    first.execute("CREATE TABLE thing (name VARCHAR(20), octets " + octets(databases) + ")");
    second.execute("CREATE TABLE thing (name VARCHAR(20))");
    first.execute("INSERT INTO thing VALUES ('J\u00FCrgen \uD83D\uDE00', NULL)");

    assertThat(first.rows("SELECT * FROM thing WHERE name LIKE ?", "J\u00FCr%"))
        .containsExactly(List.of("J\u00FCrgen \uD83D\uDE00", "null"));
    assertThat(second.number("SELECT COUNT(*) FROM thing")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void connections_can_be_serializable(Databases databases) throws SQLException {
    Database database = databases.create();

    try (Connection connection = database.serialized().connect()) {
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    }
    try (Connection connection = database.connect()) {
      assertThat(connection.getTransactionIsolation())
          .isNotEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void pools_hand_out_what_they_are_told_to(Databases databases) throws SQLException {
    Database database = databases.create();

    try (Pool pool = database.pool(2);
        Connection connection = pool.source().getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(pool.lent()).isEqualTo(1);
    }
    try (Pool pool = database.poolWithoutAutoCommit(1);
        Connection connection = pool.source().getConnection()) {
      assertThat(connection.getAutoCommit()).isFalse();
    }
    try (Connection connection = database.plain().getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void postgres_stops_and_starts_with_what_it_held() throws SQLException {
    try (PostgresServer server = PostgresServer.start()) {
      Database database = server.create();
      database.execute("CREATE TABLE thing (name TEXT)");
      try (Connection cut = database.connect();
          Statement statement = cut.createStatement()) {
        server.stop();
        assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
      }
      assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);

      server.startAgain();
      database.execute("INSERT INTO thing VALUES ('kept')");
      server.kill();
      server.startAgain();

      assertThat(database.rows("SELECT * FROM thing")).containsExactly(List.of("kept"));
    }
  }

  private static String octets(Databases databases) {
    return databases == Databases.POSTGRES ? "BYTEA" : "VARBINARY(32)";
  }
}
