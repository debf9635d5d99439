package dev.postern.core.jdbc;

import static dev.postern.core.jdbc.FaultyPool.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import dev.postern.core.testing.LoggedLines;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what goes wrong with a database")
class DatabaseTest {
  private static final String INSERT = "INSERT INTO kept VALUES (?)";

  private final Nodes nodes = new Nodes();
  private final FaultyPool pool = nodes.pool;
  private final Database database = nodes.database();
  private final AtomicInteger tries = new AtomicInteger();

  @BeforeEach
  void open() {
    nodes.execute("CREATE TABLE kept (number INTEGER NOT NULL)");
    database.run(database::now);
    pool.works();
  }

  @AfterEach
  void close() throws SQLException {
    pool.works();
    assertThat(pool.inUse()).as("connections that leaked").isZero();
    assertThat(pool.isAsHandedOut()).as("connections are as they came").isTrue();
    pool.commitAll();
    long kept = nodes.count("kept");
    pool.commitAll();
    assertThat(nodes.count("kept")).isEqualTo(kept);
    nodes.close();
  }

  private Optional<Boolean> insertTwice() {
    return database.transact(
        session -> {
          tries.incrementAndGet();
          session.update(INSERT, 1);
          session.update(INSERT, 2);
          return Optional.of(true);
        });
  }

  private int insertOnce() {
    return database.run(
        session -> {
          tries.incrementAndGet();
          return session.update(INSERT, 1);
        });
  }

  private void assertUnavailable(ThrowingCallable work, String text) {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(work)
        .withMessageContaining(text)
        .extracting(e -> e.refusal().reason())
        .isEqualTo(StandardReason.STORE_UNAVAILABLE);
  }

  /** How many rows there are, once whoever has the connections next has committed. */
  private long kept() throws SQLException {
    pool.commitAll();
    return nodes.count("kept");
  }

  @Test
  @DisplayName("that it can be reached again is told once, for each time that it could not")
  void outage() throws SQLException {
    try (LoggedLines log = new LoggedLines()) {
      for (int i = 0; i < 2; i++) {
        pool.failAlways("getConnection", state("08001"));
        assertUnavailable(this::insertOnce, "the database: ");
        assertUnavailable(this::insertTwice, "the database: ");
        // Nor is it told of a connection that a pool has left over and that leads nowhere.
        pool.works();
        pool.failAlways("executeUpdate", state("08006"));
        assertUnavailable(this::insertTwice, "the database: ");
        assertThat(log.lines()).hasSize(i);
        pool.works();
        insertOnce();
        insertTwice();
      }

      assertThat(log.lines())
          .hasSize(2)
          .allMatch(
              line -> line.startsWith("INFO the database can be reached again; before that: "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "23505", "23000"})
  @DisplayName("who was in another's way is run again")
  void conflict(String state) throws SQLException {
    pool.failAt("executeUpdate", 2, state(state));

    assertThat(insertTwice()).isPresent();

    assertThat(tries).hasValue(2);
    assertThat(kept()).isEqualTo(2);
    assertThat(pool.aborted()).isZero();
  }

  @Test
  @DisplayName("up to five times, then 9001")
  void conflict_for_ever() throws SQLException {
    pool.failAlways("executeUpdate", state("40001"));

    assertUnavailable(this::insertTwice, "the database: told to fail (SQLState 40001)");

    assertThat(tries).hasValue(5);
    assertThat(pool.borrowed()).isEqualTo(1 + 5);
    assertThat(kept()).isZero();
  }

  @Test
  void the_fifth_time_may_be_the_one() {
    for (int i = 1; i <= 4; i++) {
      pool.failAt("executeUpdate", i, state("40001"));
    }

    assertThat(insertTwice()).isPresent();
    assertThat(tries).hasValue(5);
  }

  @Test
  @DisplayName("no conflict is tried again when 1.5 s are over")
  void conflict_late() {
    long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
    pool.at(
        "commit",
        1,
        () -> {
          while (System.nanoTime() < end + 10_000_000) {
            LockSupport.parkNanos(1_000_000);
          }
        });
    pool.failAt("commit", 1, state("40001"));

    assertUnavailable(this::insertTwice, "SQLState 40001");
    assertThat(tries).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "08003", "57P01", "57P03"})
  @DisplayName("a connection that is lost before the commit is replaced by another")
  void connection_lost(String state) throws SQLException {
    pool.failAt("executeUpdate", 2, state(state));

    assertThat(insertTwice()).isPresent();

    assertThat(tries).hasValue(2);
    assertThat(kept()).isEqualTo(2);
    assertThat(pool.aborted()).as("the lost one").isEqualTo(1);
  }

  @Test
  void a_pool_whose_first_connection_fails() {
    pool.failAt("getConnection", 1, state("08001"));

    assertThat(insertOnce()).isEqualTo(1);
  }

  @Test
  @DisplayName("a pool that fails with an exception of its own is a database that is down")
  void a_pool_that_throws_what_it_likes() {
    pool.failAlways("getConnection", () -> new IllegalStateException("pool not started"));

    assertUnavailable(
        this::insertTwice,
        "the DataSource gave no connection: java.lang.IllegalStateException: pool not started");
    assertThat(tries).hasValue(0);
  }

  @Test
  @DisplayName("anything else is not tried again")
  void other_fault() throws SQLException {
    pool.failAt("executeUpdate", 2, state("57014"));

    assertUnavailable(this::insertTwice, "the database: told to fail (SQLState 57014)");

    assertThat(tries).hasValue(1);
    assertThat(kept()).isZero();
    assertThat(pool.aborted()).isZero();
    insertOnce();
    assertThat(pool.calls("createStatement")).as("the tables are still known").isZero();
    nodes.execute("DELETE FROM kept");
  }

  @Test
  void a_fault_without_a_state() {
    pool.failAt("executeUpdate", 1, () -> new SQLException("one\r\n\ttwo\u001B[31m"));

    assertThatThrownBy(this::insertOnce).hasMessage("the database: one two [31m");
  }

  @Test
  void a_long_story_is_cut() {
    pool.failAt("executeUpdate", 1, () -> new SQLException("x".repeat(201), "HY000"));

    assertThatThrownBy(this::insertOnce)
        .hasMessage("the database: " + "x".repeat(200) + "... (SQLState HY000)");
    pool.failAt("executeUpdate", 1, () -> new SQLException("x".repeat(200)));
    assertThatThrownBy(this::insertOnce).hasMessage("the database: " + "x".repeat(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "40003", "57P01", "HY000"})
  @DisplayName("I6: what may have been committed is not tried again")
  void commit_fails(String state) throws SQLException {
    pool.failAt("commit", 1, state(state));

    assertUnavailable(
        this::insertTwice,
        "whether the database has committed is not known: told to fail (SQLState " + state + ")");

    assertThat(tries).hasValue(1);
    assertThat(pool.aborted()).isEqualTo(1);
    assertThat(kept()).isZero();
  }

  @Test
  @DisplayName("I6: the commit was done, but nobody heard of it")
  void commit_is_lost() throws SQLException {
    pool.failAfter("commit", 1, state("08006"));

    assertUnavailable(this::insertTwice, "whether the database has committed is not known");

    assertThat(tries).hasValue(1);
    assertThat(kept()).isEqualTo(2);
  }

  @Test
  void a_commit_that_throws_what_it_likes() throws SQLException {
    pool.failAt("commit", 1, () -> new IllegalStateException("closed"));

    assertUnavailable(this::insertTwice, "whether the database has committed is not known: closed");
    assertThat(kept()).isZero();
  }

  @Test
  @DisplayName("a commit that the database undid because of another is run again")
  void conflict_at_commit() throws SQLException {
    pool.failAt("commit", 1, state("40001"));

    assertThat(insertTwice()).isPresent();

    assertThat(tries).hasValue(2);
    assertThat(kept()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection.close", "setNetworkTimeout", "setAutoCommit"})
  @DisplayName("what was committed stays so, whatever becomes of the connection")
  void giving_back_fails(String call) throws SQLException {
    pool.at("commit", 1, () -> pool.failAlways(call, state("08006")));

    assertThat(insertTwice()).isPresent();

    assertThat(tries).hasValue(1);
    assertThat(kept()).isEqualTo(2);
  }

  @Test
  void what_was_done_without_a_transaction_stays_so_too() throws SQLException {
    pool.failAlways("Connection.close", state("08006"));

    assertThat(insertOnce()).isEqualTo(1);
    assertThat(tries).hasValue(1);
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void nothing_to_commit_is_rolled_back() throws SQLException {
    Optional<Boolean> nothing =
        database.transact(
            session -> {
              session.update(INSERT, 1);
              return Optional.empty();
            });

    assertThat(nothing).isEmpty();
    assertThat(pool.calls("commit")).isZero();
    assertThat(pool.calls("rollback")).isEqualTo(1);
    assertThat(kept()).isZero();
  }

  private void assertNothingHalfDone(Throwable fault) throws SQLException {
    assertThatThrownBy(
            () ->
                database.transact(
                    session -> {
                      session.update(INSERT, 1);
                      sneak(fault);
                      return Optional.of(true);
                    }))
        .isSameAs(fault);
    assertThat(pool.inUse()).isZero();
    assertThat(kept()).isZero();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable fault) throws T {
    throw (T) fault;
  }

  @Test
  @DisplayName("I2: a bug in the middle leaves nothing half done")
  void runtime_exception() throws SQLException {
    assertNothingHalfDone(new IllegalStateException("a bug"));
    assertNothingHalfDone(new UnavailableException(StandardReason.KEY_UNAVAILABLE, "no key"));
  }

  @Test
  @DisplayName("I2: an Error in the middle leaves nothing half done")
  void error() throws SQLException {
    assertNothingHalfDone(new StackOverflowError());
  }

  @Test
  void an_error_of_the_driver_leaves_nothing_half_done() throws SQLException {
    pool.failAt("executeUpdate", 2, () -> new NoClassDefFoundError("driver/Message"));

    assertThatThrownBy(this::insertTwice).isInstanceOf(NoClassDefFoundError.class);
    assertThat(kept()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("a connection whose rollback fails is aborted and never committed")
  void rollback_fails(boolean isAutoCommit) throws SQLException {
    FaultyPool mine = isAutoCommit ? pool : withoutAutoCommit();
    mine.failAt("executeUpdate", 2, state("57014"));
    mine.failAlways("rollback", state("HY000"));

    assertUnavailable(this::insertTwice, "SQLState 57014");

    assertThat(mine.aborted()).isEqualTo(1);
    assertThat(mine.calls("commit")).isZero();
    assertThat(kept()).isZero();
  }

  @Test
  @DisplayName("where it cannot be aborted, rolling back is tried once more, and nothing committed")
  void neither_rollback_nor_abort() {
    pool.failAt("executeUpdate", 2, state("57014"));
    pool.failAlways("abort", () -> new AbstractMethodError("abort"));
    pool.failAt("rollback", 1, () -> new IllegalStateException("busy"));

    assertUnavailable(this::insertTwice, "SQLState 57014");

    assertThat(pool.calls("rollback")).isEqualTo(2);
    assertThat(nodes.count("kept")).isZero();
  }

  private FaultyPool withoutAutoCommit() {
    // The idle one was handed out with it.
    pool.forgetIdle();
    pool.handOutWithoutAutoCommit();
    return pool;
  }

  @Test
  @DisplayName("autocommit off goes back as it came")
  void autocommit_off() throws SQLException {
    withoutAutoCommit();

    assertThat(insertTwice()).isPresent();
    assertThat(pool.isAsHandedOut()).isTrue();
    assertThat(insertOnce()).isEqualTo(1);
    assertThat(pool.isAsHandedOut()).isTrue();
    // Without a commit of whoever comes next.
    assertThat(nodes.count("kept")).isEqualTo(3);

    pool.failAt("executeUpdate", 2, state("57014"));
    assertUnavailable(this::insertTwice, "SQLState 57014");
    assertThat(pool.isAsHandedOut()).isTrue();
    assertThat(kept()).isEqualTo(3);
  }

  @Test
  @DisplayName("silence is borne with for 3 s")
  void network_timeout() {
    AtomicInteger meanwhile = new AtomicInteger();
    pool.at("executeUpdate", 1, () -> meanwhile.set(pool.lastNetworkTimeout()));

    insertOnce();

    assertThat(meanwhile).hasValue(3_000);
    assertThat(pool.lastNetworkTimeout()).isEqualTo(FaultyPool.NETWORK_TIMEOUT);
  }

  @Test
  @DisplayName("what goes through all there is has longer, of which nothing is left for the next")
  void more_time() {
    AtomicInteger meanwhile = new AtomicInteger();
    pool.at("executeUpdate", 1, () -> meanwhile.set(pool.lastNetworkTimeout()));

    database.transact(
        session -> {
          session.extend(120);
          return Optional.of(session.update(INSERT, 1));
        });

    assertThat(meanwhile).hasValue(121_000);
    assertThat(pool.lastNetworkTimeout()).isEqualTo(FaultyPool.NETWORK_TIMEOUT);
  }

  private void assertWorks() throws SQLException {
    tries.set(0);
    assertThat(insertTwice()).isPresent();
    assertThat(insertOnce()).isEqualTo(1);
    assertThat(tries).hasValue(2);
    assertThat(kept()).isEqualTo(3);
    assertThat(pool.aborted()).isZero();
    nodes.execute("DELETE FROM kept");
    pool.works();
  }

  @Test
  @DisplayName("a driver without network timeouts will do")
  void no_network_timeout() throws SQLException {
    for (Supplier<Throwable> fault :
        List.<Supplier<Throwable>>of(
            () -> new SQLFeatureNotSupportedException("no"),
            () -> new AbstractMethodError("no"),
            () -> new UnsupportedOperationException("no"))) {
      pool.failAlways("getNetworkTimeout", fault);
      assertWorks();
      pool.failAlways("setNetworkTimeout", fault);
      assertWorks();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"getAutoCommit", "getNetworkTimeout", "prepareStatement"})
  @DisplayName("no connection leaks, not even by an Error")
  void no_leak(String call) {
    pool.failAlways(call, () -> new StackOverflowError());

    assertThatThrownBy(this::insertTwice).isInstanceOf(StackOverflowError.class);
    assertThat(pool.inUse()).isZero();
  }

  @Test
  void a_connection_that_is_dead_when_it_is_borrowed() {
    pool.failAt("getAutoCommit", 1, state("08003"));
    pool.failAt("Connection.close", 1, state("08003"));

    assertThat(insertOnce()).isEqualTo(1);
  }

  @Test
  @DisplayName("a statement has 2 s")
  void statement_deadline() {
    pool.failAt("setQueryTimeout", 1, state("HY000"));

    assertUnavailable(this::insertOnce, "SQLState HY000");
    assertThat(pool.calls("Statement.close")).isEqualTo(1);
  }

  @Test
  @DisplayName("all tries together wait no longer for connections than one")
  void waiting_is_counted_together() {
    long begun = System.nanoTime();
    // A pool that gives up after 1.2 s, because the database is down, and then waits for long.
    pool.at("getConnection", 1, () -> park(Duration.ofMillis(1_200)));
    pool.at("getConnection", 2, () -> park(Duration.ofSeconds(30)));
    pool.failAlways("getConnection", state("08001"));

    assertUnavailable(this::insertOnce, "");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2_600));
    assertThat(Thread.interrupted()).isFalse();
  }

  /** Waits as a pool does: until it is interrupted. */
  private static void park(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end && !Thread.interrupted()) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Test
  @DisplayName("tables that went are looked for again")
  void tables_go() {
    nodes.execute("DROP TABLE postern_meta");
    nodes.execute("DROP TABLE postern_code");

    assertUnavailable(
        () -> database.run(session -> session.update("DELETE FROM postern_code")), "42S02");
    assertThat(database.<Integer>run(session -> session.update("DELETE FROM postern_code")))
        .isZero();
  }
}
