package dev.postern.it.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** A pool as administrators bind it: but for its size it is as it comes. */
public final class Pool implements AutoCloseable {
  private final HikariDataSource pool;

  private Pool(HikariDataSource pool) {
    this.pool = pool;
  }

  static Pool of(Database database, int size, boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    config.setDriverClassName(database.driver());
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setMaximumPoolSize(size);
    config.setAutoCommit(autoCommit);
    // It comes up though the database is away.
    config.setInitializationFailTimeout(-1);
    return new Pool(new HikariDataSource(config));
  }

  /** What is bound. */
  public DataSource source() {
    return pool;
  }

  /** How many connections are lent out now. */
  public int lent() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public void close() {
    pool.close();
  }
}
