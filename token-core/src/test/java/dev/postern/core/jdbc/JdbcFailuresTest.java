package dev.postern.core.jdbc;

import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.TOO_MANY_FAILURES;
import static dev.postern.core.jdbc.FaultyPool.state;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Client;
import dev.postern.core.ClientSecret;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Outcome;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenResult;
import dev.postern.core.secret.Pbkdf2Secrets;
import dev.postern.core.secret.SecretFormats;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.LoggedLines;
import dev.postern.core.testing.TestClients;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("failures are counted over all nodes, at a bounded cost")
class JdbcFailuresTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String TABLE = "postern_failure";

  private final Nodes nodes = new Nodes();
  private final Database databaseOfA = nodes.database();
  private final Database databaseOfB = nodes.database();
  private final JdbcFailures a = new JdbcFailures(databaseOfA, DAY);
  private final JdbcFailures b = new JdbcFailures(databaseOfB, DAY);

  @AfterEach
  void close() {
    a.close();
    b.close();
    assertThat(nodes.pool.inUse()).isZero();
    nodes.close();
  }

  private static void add(JdbcFailures failures, long key, int times) {
    for (int i = 0; i < times; i++) {
      failures.add(key);
    }
  }

  private void exchange() {
    a.exchange();
    b.exchange();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  @DisplayName("two nodes count together")
  void together() {
    add(a, 7, 3);
    add(a, -8, 1);
    add(b, 7, 2);
    assertThat(a.count(7)).isEqualTo(3);
    assertThat(b.count(7)).isEqualTo(2);
    assertThat(b.count(-8)).isZero();

    exchange();
    assertThat(b.count(7)).isEqualTo(5);
    assertThat(b.count(-8)).isEqualTo(1);
    assertThat(b.count(9)).isZero();
    a.exchange();
    assertThat(a.count(7)).isEqualTo(5);

    add(b, 7, 1);
    assertThat(b.count(7)).isEqualTo(6);
    exchange();
    exchange();
    assertThat(a.count(7)).isEqualTo(6);
    assertThat(b.count(7)).isEqualTo(6);
  }

  @Test
  @DisplayName("what is compared on one node counts on the other")
  void compared_together() {
    FailureLimiter onA = new FailureLimiter(2, InstantSource.system(), 1, a);
    FailureLimiter onB = new FailureLimiter(2, InstantSource.system(), 2, b);
    Outcome<String> wrong = Outcome.refused(StandardReason.PASSWORD_REFUSED);
    compare(onA, Outcome.of("right"));
    compare(onA, wrong);
    compare(onA, wrong);
    // It has to have heard of the name.
    assertThat(compare(onB, Outcome.of("right"))).isEqualTo(Outcome.of("right"));
    exchange();
    exchange();

    assertThat(compare(onB, Outcome.of("right")))
        .isEqualTo(Outcome.refused(StandardReason.TOO_MANY_FAILURES));
  }

  private static Outcome<String> compare(FailureLimiter with, Outcome<String> compared) {
    return with.compare("alice", "192.0.2.7", StandardReason.PASSWORD_REFUSED, () -> compared);
  }

  @Test
  @DisplayName("a node that first hears of it through its own failures is told at once a second")
  void told_by_its_own_thread() {
    try (JdbcFailures quick = new JdbcFailures(databaseOfA, Duration.ofMillis(5))) {
      add(b, 7, 2);
      b.exchange();
      quick.add(9);
      await(() -> quick.count(7) == 2);
      await(() -> nodes.count(TABLE) == 2);
      quick.add(9);
      await(() -> nodes.count(TABLE + " WHERE failure_key = 9 AND failures = 2") == 1);
    }
  }

  @Test
  @DisplayName("nobody's failures get lost when two nodes are the first at once")
  void first_at_once() {
    exchange();
    add(a, 7, 3);
    add(b, 7, 2);
    nodes.pool.works();
    // Between the UPDATE that finds nothing and the INSERT.
    nodes.pool.at("executeUpdate", 2, b::exchange);

    a.exchange();

    assertThat(a.count(7)).isEqualTo(5);
    assertThat(nodes.rows("SELECT failures FROM " + TABLE)).containsExactly("5");
  }

  @Test
  @DisplayName("a flood of names: 2,000 are kept in mind, the hundred that failed most are told")
  void flood() {
    for (long key = 1; key <= 1_950; key++) {
      a.add(key);
    }
    for (long key = 5_000; key < 5_050; key++) {
      add(a, key, 2);
    }
    for (long key = 10_000; key < 11_000; key++) {
      a.add(key);
    }
    assertThat(a.count(1_950)).isEqualTo(1);
    assertThat(a.count(5_049)).isEqualTo(2);
    assertThat(IntStream.range(10_000, 11_000).map(a::count).sum()).isZero();
    // Who is known still counts.
    add(a, 1_950, 1);
    assertThat(a.count(1_950)).isEqualTo(2);

    a.exchange();

    assertThat(nodes.count(TABLE)).isEqualTo(100);
    assertThat(nodes.count(TABLE + " WHERE failures = 2")).isEqualTo(51);
    a.exchange();
    assertThat(nodes.count(TABLE)).as("the others are dropped").isEqualTo(100);
  }

  @Test
  @DisplayName("the minute ends by the database's clock")
  void minute() {
    add(a, 7, 3);
    exchange();
    nodes.clock.advance(Duration.ofSeconds(25));
    add(a, 7, 1);
    exchange();
    assertThat(a.count(7)).isEqualTo(4);
    assertThat(b.count(7)).isEqualTo(4);

    nodes.clock.advance(Duration.ofSeconds(35));
    databaseOfB.run(databaseOfB::now);
    assertThat(b.count(7)).isZero();
    add(b, 7, 1);
    b.exchange();
    assertThat(b.count(7)).isEqualTo(1);
    assertThat(nodes.rows("SELECT failures FROM " + TABLE)).containsExactly("1");
  }

  @Test
  @DisplayName("a database that is away costs nothing but the counting")
  void database_away() {
    exchange();
    nodes.pool.works();
    nodes.pool.failAlways("getConnection", state("08001"));

    add(a, 7, 3);
    assertThat(a.count(7)).isEqualTo(3);
    assertThat(nodes.pool.calls()).as("of a request").isEmpty();
    try (LoggedLines log = new LoggedLines()) {
      a.exchange();
      assertThat(log.lines())
          .containsExactly(
              "FINE failure counts were not shared: the database: told to fail (SQLState 08001)");
    }
    assertThat(a.count(7)).isZero();

    nodes.pool.works();
    add(a, 7, 1);
    exchange();
    assertThat(b.count(7)).isEqualTo(1);
  }

  private static boolean hasThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isDaemon)
        .anyMatch(thread -> thread.getName().equals("postern-failures") && thread.isAlive());
  }

  @Test
  @DisplayName("closed, it has no thread, and a request that is still under way does not notice")
  void closed() {
    a.add(7);
    await(JdbcFailuresTest::hasThread);

    a.close();

    await(() -> !hasThread());
    a.exchange();
    a.add(7);
    assertThat(a.count(7)).isEqualTo(2);
  }

  @Test
  @DisplayName("a store closes it")
  void closed_with_the_store() {
    JdbcStore store = nodes.store();
    store.failures().add(7);
    await(JdbcFailuresTest::hasThread);

    store.close();

    await(() -> !hasThread());
  }

  @Test
  @DisplayName("what fails on one node is too much on the other")
  void limiters() {
    FailureLimiter here = new FailureLimiter(3, databaseOfA.clock(), 1, a);
    FailureLimiter there = new FailureLimiter(3, databaseOfB.clock(), 99, b);
    for (int i = 0; i < 3; i++) {
      assertThat(here.count("shop", "192.0.2.1")).isFalse();
    }
    assertThat(there.isExhausted("shop", "192.0.2.1")).isFalse();
    exchange();

    assertThat(there.isExhausted("shop", "192.0.2.1")).isTrue();
    assertThat(there.isExhausted("shop", "192.0.2.2")).isFalse();
    assertThat(there.isExhausted("rival", "192.0.2.1")).isFalse();
    assertThat(there.count("shop", "192.0.2.1")).isTrue();
    assertThat(there.count("shop", "192.0.2.2")).isFalse();
    nodes.clock.advance(Duration.ofMinutes(1));
    databaseOfB.run(databaseOfB::now);
    assertThat(there.isExhausted("shop", "192.0.2.1")).isFalse();
  }

  @Test
  @DisplayName("so are names that are made up, ten times as many")
  void made_up_names() {
    FailureLimiter here = new FailureLimiter(3, databaseOfA.clock(), 1, a);
    FailureLimiter there = new FailureLimiter(3, databaseOfB.clock(), 99, b);
    for (int i = 0; i < 29; i++) {
      here.count("name" + i, "192.0.2.1");
    }
    exchange();
    assertThat(there.isExhausted("shop", "192.0.2.1")).isFalse();
    here.count("name29", "192.0.2.1");
    exchange();

    assertThat(there.isExhausted("shop", "192.0.2.1")).isTrue();
    assertThat(there.isExhausted("shop", "192.0.2.2")).isFalse();
  }

  @Test
  @DisplayName("limit 0 counts nothing here either")
  void no_limit() {
    FailureLimiter off = new FailureLimiter(0, databaseOfA.clock(), 1, a);
    for (int i = 0; i < 100; i++) {
      assertThat(off.count("shop", "s")).isFalse();
    }
    a.exchange();

    assertThat(nodes.count(TABLE)).isZero();
    assertThat(off.isExhausted("shop", "s")).isFalse();
  }

  private Endpoint node(JdbcFailures failures) {
    String hash = Pbkdf2Secrets.hash(Secret.of("correct horse"), new SecureRandom());
    Client human =
        Client.withId("human")
            .secret(
                new ClientSecret(
                    new SecretFormats(List.of()).read(hash), Optional.empty(), "chosen"))
            .grantTypes("client_credentials")
            .build();
    return Endpoint.builder()
        .clients(List.of(TestClients.batch().build(), human))
        .failureLimit(3)
        .sharedFailures(failures)
        .build();
  }

  private static TokenResult get(Endpoint node, String id, String secret) {
    return node.handle(basic(id, secret), Forms.clientCredentials());
  }

  private static StandardReason refusal(TokenResult result) {
    return (StandardReason) ((TokenResult.Refused) result).refusal().reason();
  }

  @Test
  @DisplayName("then secrets that could be guessed wait everywhere, and generated ones pass")
  void endpoints() {
    Endpoint here = node(a);
    Endpoint there = node(b);
    assertIssued(get(there, "human", "correct horse"));
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(get(here, "human", "guess"))).isEqualTo(SECRET_MISMATCH);
      assertThat(refusal(get(here, BATCH, "guess"))).isEqualTo(SECRET_MISMATCH);
      assertThat(refusal(get(here, "nobody", "guess"))).isEqualTo(CLIENT_UNKNOWN);
    }
    exchange();

    for (String id : List.of("human", BATCH, "nobody")) {
      assertRefused(
          get(there, id, "another guess"),
          TOO_MANY_FAILURES,
          "temporarily_unavailable",
          "TOK9010: " + TOO_MANY_FAILURES.text());
    }
    assertIssued(get(there, BATCH, BATCH_SECRET));
  }
}
