package dev.postern.core.jdbc;

import dev.postern.core.ConsentStore;
import dev.postern.core.TokenStore;
import dev.postern.core.TokenStoreContract;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of all stores, held by a {@link JdbcStore} on some database. That database's clock
 * is replaced by a row that follows the test's.
 */
public abstract class JdbcStoreContract extends TokenStoreContract {
  private static final String CLOCK = "(SELECT millis FROM test_clock)";

  private JdbcStore store;

  /** An empty database, always the same one within a test. */
  protected abstract DataSource dataSource() throws SQLException;

  @BeforeEach
  void open() throws SQLException {
    DataSource source = dataSource();
    execute(source, "CREATE TABLE test_clock (millis BIGINT NOT NULL)");
    execute(source, "INSERT INTO test_clock VALUES (0)");
    clock.leads(now -> setClock(source, now));
    Database database = new Database(() -> source, new Schema(true), dialect -> CLOCK, clock);
    store = new JdbcStore(database, new Sweeper(database, Duration.ZERO));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected TokenStore store() {
    return store;
  }

  @Override
  protected ConsentStore consents() {
    return store.consents();
  }

  private static void setClock(DataSource source, Instant now) {
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE test_clock SET millis = ?")) {
      connection.setAutoCommit(true);
      update.setLong(1, now.toEpochMilli());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(true);
      statement.execute(sql);
    }
  }
}
