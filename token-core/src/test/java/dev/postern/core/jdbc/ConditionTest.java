package dev.postern.core.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the operator may want to know of a database")
class ConditionTest {
  @Test
  void isolation_and_how_far_its_clock_is_ahead() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:condition;DB_CLOSE_DELAY=-1");
    InstantSource slow = () -> InstantSource.system().instant().minus(Duration.ofHours(1));
    try (JdbcStore store = new JdbcStore(() -> source, true, slow)) {
      JdbcStore.Condition condition = store.condition();

      assertThat(condition.isolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      assertThat(condition.clockDifference()).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
    }
  }
}
