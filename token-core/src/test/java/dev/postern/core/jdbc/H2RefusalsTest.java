package dev.postern.core.jdbc;

import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2RefusalsTest extends JdbcRefusalsContract {
  private final JdbcDataSource source = new JdbcDataSource();

  H2RefusalsTest() {
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  @Override
  protected DataSource dataSource() {
    return source;
  }
}
