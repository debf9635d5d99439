package dev.postern.it.database;

import dev.postern.core.jdbc.JdbcRefusalsContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Refusals of all nodes, on MariaDB")
final class MariaDbRefusalsIT extends JdbcRefusalsContract {
  private final Pool pool = Databases.MARIADB.create().pool(4);

  @Override
  protected DataSource dataSource() {
    return pool.source();
  }

  @AfterEach
  void closePool() {
    pool.close();
  }
}
