package dev.postern.core.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("however long the pool is willing to wait for a connection, Postern waits 1.5 s")
class PoolWaitTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FaultyPool pool = new FaultyPool();
  private final PoolWait wait = new PoolWait();

  @AfterEach
  void close() {
    wait.close();
    assertThat(pool.inUse()).isZero();
  }

  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  /** Waits as a pool whose connections are all in use, and what it says when it is interrupted. */
  private static SQLException waitForEver() {
    try {
      new CountDownLatch(1).await();
      return new SQLException("not reached");
    } catch (InterruptedException e) {
      return new SQLException("interrupted while waiting", e);
    }
  }

  @Test
  @DisplayName("then the answer is 9001, and the thread is as it was")
  void cut() {
    try (Nodes nodes = new Nodes()) {
      Database database = nodes.database();
      nodes.pool.failAlways("getConnection", PoolWaitTest::waitForEver);
      long begun = System.nanoTime();

      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> database.run(database::now))
          .withMessage("the database: the pool of the DataSource had no connection in time")
          .extracting(e -> e.refusal().reason())
          .isEqualTo(StandardReason.STORE_UNAVAILABLE);

      assertThat(Thread.interrupted()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(1_490), Duration.ofMillis(2_900));
      nodes.pool.works();
      assertThat(database.<Long>run(database::now)).isPositive();
    }
  }

  @Test
  @DisplayName("a pool that keeps the interrupt to itself, or says it with an exception of its own")
  void other_pools() {
    pool.failAlways(
        "getConnection",
        () -> {
          waitForEver();
          Thread.currentThread().interrupt();
          return new IllegalStateException("interrupted");
        });

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> wait.connection(pool.source(), in(Duration.ofMillis(20))))
        .withMessage("the pool of the DataSource had no connection in time")
        .withCauseInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  @DisplayName("a connection that comes just then is taken, without the interrupt")
  void just_then() throws SQLException {
    pool.at("getConnection", 1, PoolWaitTest::waitForEver);
    pool.at("getConnection", 1, () -> Thread.currentThread().interrupt());

    wait.connection(pool.source(), in(Duration.ofMillis(20))).close();

    assertThat(Thread.interrupted()).isFalse();
    assertThat(pool.borrowed()).isEqualTo(1);
  }

  @Test
  void a_time_that_is_over_already() throws SQLException {
    pool.at("getConnection", 1, PoolWaitTest::waitForEver);

    wait.connection(pool.source(), System.nanoTime() - 1).close();

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  @DisplayName("who was interrupted by somebody else stays so")
  void interrupted_by_another() throws SQLException {
    Thread.currentThread().interrupt();

    wait.connection(pool.source(), in(LONG)).close();

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_failure_of_the_pool_stays_what_it_is() {
    SQLException failure = new SQLException("no route to host", "08001");
    pool.failAlways("getConnection", () -> failure);

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> wait.connection(pool.source(), in(LONG)))
        .isSameAs(failure);
  }

  @Test
  @DisplayName("nobody is interrupted later")
  void not_later() throws SQLException {
    for (int i = 0; i < 200; i++) {
      wait.connection(pool.source(), in(Duration.ofMillis(1))).close();
      assertThat(Thread.interrupted()).isFalse();
    }
    long end = in(Duration.ofMillis(20));
    while (System.nanoTime() < end) {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("postern-pool-wait"))
        .collect(Collectors.toSet());
  }

  /** The only one that was not there before. */
  private static Thread threadSince(Set<Thread> before) {
    Set<Thread> since = new HashSet<>(threads());
    since.removeAll(before);
    assertThat(since).hasSize(1).allMatch(Thread::isDaemon);
    return since.iterator().next();
  }

  @Test
  @DisplayName("closed, it has no thread, and what is still under way goes on")
  void closed() throws Exception {
    Set<Thread> before = threads();
    wait.connection(pool.source(), in(LONG)).close();
    Thread thread = threadSince(before);

    wait.close();

    thread.join(LONG.toMillis());
    assertThat(thread.isAlive()).isFalse();
    wait.connection(pool.source(), in(LONG)).close();
  }

  @Test
  @DisplayName("a store closes it")
  void closed_with_the_store() throws Exception {
    Set<Thread> before = threads();
    try (Nodes nodes = new Nodes()) {
      JdbcStore store = nodes.store();
      store.check();
      Thread thread = threadSince(before);

      store.close();

      thread.join(LONG.toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
