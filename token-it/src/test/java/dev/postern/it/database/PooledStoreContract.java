package dev.postern.it.database;

import dev.postern.core.jdbc.JdbcStoreContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** The contract of all stores, held over a pool. */
abstract class PooledStoreContract extends JdbcStoreContract {
  private final Pool pool;

  PooledStoreContract(Pool pool) {
    this.pool = pool;
  }

  @Override
  protected final DataSource dataSource() {
    return pool.source();
  }

  @AfterEach
  void closePool() {
    pool.close();
  }
}
