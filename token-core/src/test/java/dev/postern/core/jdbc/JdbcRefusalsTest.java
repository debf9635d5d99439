package dev.postern.core.jdbc;

import static dev.postern.core.jdbc.FaultyPool.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.RecentRefusals;
import dev.postern.core.Refusal;
import dev.postern.core.RefusalSummary;
import dev.postern.core.RefusalSummary.Reach;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.testing.LoggedLines;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("refusals are told to all nodes at a bounded cost, and to nobody's delay")
class JdbcRefusalsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String TABLE = "postern_trace";

  private final Nodes nodes = new Nodes();
  private final Database database = nodes.database();
  private final TraceWriter writer = writer(DAY);
  private final JdbcRefusals refusals = new JdbcRefusals(database, DAY, 10, writer);

  private TraceWriter writer(Duration pause) {
    return new TraceWriter(database, DAY, TraceWriter.MOST_KEPT, pause);
  }

  @AfterEach
  void close() {
    refusals.close();
    nodes.pool.works();
    assertThat(nodes.pool.inUse()).isZero();
    nodes.close();
  }

  private RefusedEvent event(String id) {
    Refusal refusal = Refusal.of(StandardReason.CLIENT_UNKNOWN);
    return new RefusedEvent(
        nodes.clock.instant(), id, "c", refusal, "batch", "192.0.2.7", "/shop/oauth/token");
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static boolean hasThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isDaemon)
        .anyMatch(thread -> thread.getName().equals("postern-trace") && thread.isAlive());
  }

  @Test
  @DisplayName("a hundred refusals are one transaction of one statement, and no request's")
  void cost() {
    refusals.summary("");
    nodes.pool.works();
    for (int i = 0; i < 100; i++) {
      refusals.add(event("t-" + i));
    }
    assertThat(nodes.pool.calls()).as("of a request").isEmpty();

    writer.write();

    assertThat(nodes.pool.calls("executeBatch")).isEqualTo(1);
    assertThat(nodes.pool.calls("executeUpdate")).isZero();
    assertThat(nodes.pool.calls("executeQuery")).as("the bound").isEqualTo(1);
    assertThat(nodes.count(TABLE)).isEqualTo(100);
    nodes.pool.works();
    writer.write();
    assertThat(nodes.pool.calls()).as("when there is none").isEmpty();
  }

  @Test
  void told_by_its_own_thread() {
    refusals.summary("");
    try (TraceWriter quick = writer(Duration.ofMillis(5))) {
      quick.add(event("t-1"));
      await(() -> nodes.count(TABLE) == 1);
      quick.add(event("t-2"));
      await(() -> nodes.count(TABLE) == 2);
    }
  }

  @Test
  @DisplayName("while the database is away this node shows its own, and counts what others miss")
  void database_away() {
    refusals.add(event("before"));
    writer.write();
    nodes.pool.failAlways("getConnection", state("08001"));
    refusals.add(event("during"));

    try (LoggedLines log = new LoggedLines()) {
      RefusalSummary summary = refusals.summary("");

      assertThat(summary.reach()).isEqualTo(Reach.THIS_NODE_FOR_NOW);
      assertThat(summary.newest())
          .extracting(RefusedEvent::traceId)
          .containsExactly("during", "before");
      assertThat(summary.numbers()).containsEntry("TOK2101", 2L);
      assertThat(log.lines())
          .containsExactly(
              "FINE refusals were not shared: the database: told to fail (SQLState 08001)",
              "FINE refusals of other nodes are not shown: the database: told to fail (SQLState"
                  + " 08001)");
    }
    assertThat(refusals.dropped()).isEqualTo(1);
    assertThat(refusals.find("during")).isPresent();
    assertThat(refusals.find("elsewhere")).isEmpty();

    nodes.pool.works();
    refusals.add(event("after"));
    assertThat(refusals.summary("").newest())
        .extracting(RefusedEvent::traceId)
        .containsExactlyInAnyOrder("before", "after");
    assertThat(refusals.find("during")).as("from memory").isPresent();
  }

  @Test
  @DisplayName("a bound that cannot be looked at is looked at with the next ones")
  void bound_later() {
    try (TraceWriter small = new TraceWriter(database, DAY, 1, DAY)) {
      small.add(event("t-1"));
      small.add(event("t-2"));
      refusals.summary("");
      nodes.pool.works();
      nodes.pool.failAlways("executeQuery", state("57014"));
      small.write();
      assertThat(nodes.count(TABLE)).isEqualTo(2);
      assertThat(small.dropped()).isZero();

      nodes.pool.works();
      nodes.clock.advance(Duration.ofSeconds(1));
      small.add(event("t-3"));
      small.write();
    }

    assertThat(nodes.rows("SELECT trace_id FROM " + TABLE)).containsExactly("t-3");
  }

  @Test
  @DisplayName("closed, it has no thread, and a request that is still under way does not notice")
  void closed() {
    refusals.add(event("t-1"));
    await(JdbcRefusalsTest::hasThread);

    refusals.close();

    await(() -> !hasThread());
    refusals.add(event("t-2"));
    assertThat(refusals.find("t-2")).isPresent();
  }

  @Test
  @DisplayName("a store's end without a wait, too")
  void of_a_store() {
    RecentRefusals ofStore = nodes.store().refusals(DAY, 10);
    ofStore.add(event("t-1"));
    await(JdbcRefusalsTest::hasThread);

    ofStore.close();

    await(() -> !hasThread());
  }
}
