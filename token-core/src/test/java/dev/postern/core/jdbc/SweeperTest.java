package dev.postern.core.jdbc;

import static dev.postern.core.jdbc.FaultyPool.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.CodeGrant;
import dev.postern.core.Issuance;
import dev.postern.core.Life;
import dev.postern.core.RandomTokens;
import dev.postern.core.RefreshToken;
import dev.postern.core.Scope;
import dev.postern.core.SealedAnswer;
import dev.postern.core.TokenHash;
import dev.postern.core.testing.LoggedLines;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what is dead and can tell nothing more is deleted as requests go by")
class SweeperTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TEN = Duration.ofMinutes(10);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final Scope SCOPE = Scope.of("read");
  private static final String CODES = "postern_code";
  private static final String FAMILIES = "postern_family";
  private static final String TOKENS = "postern_access_token";

  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final Nodes nodes = new Nodes();
  private final Database database = nodes.database();
  private final JdbcStore store = nodes.store(database, DAY);
  private final Sweeper sweeper = new Sweeper(database, Duration.ZERO);

  @BeforeEach
  void open() {
    // It sweeps with the first commit, and not again in this test.
    store.commit(access(INSTANT));
    nodes.execute("DELETE FROM postern_access_token");
  }

  @AfterEach
  void close() {
    assertThat(nodes.pool.inUse()).isZero();
    nodes.close();
  }

  private TokenHash newHash() {
    return TokenHash.of(random.next());
  }

  private Issuance issuance(
      Issuance.Spend spend, Duration access, Optional<Issuance.NewRefreshToken> token) {
    return new Issuance(
        "shop",
        "alice",
        spend,
        Optional.of(new Issuance.NewAccessToken(newHash(), SCOPE, access)),
        token);
  }

  private Issuance access(Duration lifetime) {
    return issuance(new Issuance.Spend.Nothing(), lifetime, Optional.empty());
  }

  private TokenHash savedCode() {
    TokenHash code = newHash();
    store.saveCode(
        code,
        new CodeGrant("shop", "alice", SCOPE, "https://shop.example/", false, Optional.empty()),
        MINUTE);
    return code;
  }

  private RefreshToken newToken(String family) {
    return RefreshToken.parse(family + random.next().reveal()).orElseThrow();
  }

  private static Optional<Issuance.NewRefreshToken> kept(RefreshToken token) {
    return Optional.of(
        new Issuance.NewRefreshToken(token.familyHash(), token.hash(), SCOPE, DAY, DAY));
  }

  private void commit(Issuance issuance) {
    assertThat(store.commit(issuance)).isTrue();
  }

  /** Each kind once. */
  private void sweepAll() {
    for (int i = 0; i < Sql.SWEEPS; i++) {
      sweeper.sweep();
    }
  }

  private void assertLeft(int codes, int families, int tokens) {
    sweepAll();
    assertThat(nodes.count(CODES)).as("codes").isEqualTo(codes);
    assertThat(nodes.count(FAMILIES)).as("families").isEqualTo(families);
    assertThat(nodes.count(TOKENS)).as("access tokens").isEqualTo(tokens);
  }

  @Test
  @DisplayName("access tokens, as soon as they expire")
  void access_tokens() {
    commit(access(MINUTE));
    commit(access(TEN));

    nodes.clock.advance(MINUTE.minus(INSTANT));
    assertLeft(0, 0, 2);
    nodes.clock.advance(INSTANT);
    assertLeft(0, 0, 1);
  }

  @Test
  @DisplayName("codes that nobody redeemed, ten minutes after they expire")
  void unspent_codes() {
    TokenHash code = savedCode();

    nodes.clock.advance(MINUTE.plus(TEN).minus(INSTANT));
    assertLeft(1, 0, 0);
    assertThat(store.findCode(code).orElseThrow().life().state()).isEqualTo(Life.State.EXPIRED);
    nodes.clock.advance(INSTANT);
    assertLeft(0, 0, 0);
  }

  @Test
  @DisplayName("a family with its code, ten minutes after nothing of it can be alive")
  void families() {
    TokenHash code = savedCode();
    RefreshToken first = newToken(random.next().reveal().substring(0, 22));
    commit(issuance(new Issuance.Spend.Code(code), TEN, kept(first)));

    nodes.clock.advance(DAY.plus(TEN).minus(INSTANT));
    assertLeft(1, 1, 0);
    assertThat(store.findCode(code).orElseThrow().life().state()).isEqualTo(Life.State.SPENT);
    nodes.clock.advance(INSTANT);
    assertLeft(0, 0, 0);
  }

  @Test
  @DisplayName("the same where there is no refresh token")
  void family_of_an_access_token() {
    commit(issuance(new Issuance.Spend.Code(savedCode()), TEN, Optional.empty()));
    savedCode();

    nodes.clock.advance(TEN.plus(TEN).minus(INSTANT));
    assertLeft(1, 1, 0);
    nodes.clock.advance(INSTANT);
    assertLeft(0, 0, 0);
  }

  @Test
  @DisplayName("an access token that outlives its family keeps it, so that it can be taken back")
  void access_token_beyond_the_family() {
    RefreshToken first = newToken(random.next().reveal().substring(0, 22));
    commit(issuance(new Issuance.Spend.Code(savedCode()), DAY.plus(DAY), kept(first)));

    nodes.clock.advance(DAY.plus(DAY));
    assertLeft(1, 1, 0);
    nodes.clock.advance(TEN);
    assertLeft(0, 0, 0);
  }

  @Test
  @DisplayName("the answer to a refresh, when its grace ends; the family stays")
  void answers() {
    String family = random.next().reveal().substring(0, 22);
    RefreshToken old = newToken(family);
    RefreshToken next = newToken(family);
    commit(issuance(new Issuance.Spend.Code(savedCode()), TEN, kept(old)));
    commit(
        issuance(
            new Issuance.Spend.Rotation(
                old.familyHash(),
                old.hash(),
                Optional.of(SealedAnswer.ofOctets(new byte[100])),
                MINUTE,
                ""),
            TEN,
            kept(next)));

    nodes.clock.advance(MINUTE.minus(INSTANT));
    assertLeft(1, 1, 2);
    assertThat(sealed()).isEqualTo(1);
    nodes.clock.advance(INSTANT);
    assertLeft(1, 1, 2);
    assertThat(sealed()).isZero();
    assertThat(store.findRefreshToken(next.familyHash(), next.hash()).orElseThrow().life())
        .isEqualTo(Life.LIVE);
  }

  private long sealed() {
    return nodes.count("postern_family WHERE answer IS NOT NULL OR grace_ends_at IS NOT NULL");
  }

  private void saveTokens(int number) {
    for (int i = 0; i < number; i++) {
      nodes.execute(
          "INSERT INTO postern_access_token VALUES (?, NULL, 'batch', 'batch', '', ?)",
          newHash().octets(),
          nodes.clock.millis());
    }
  }

  @Test
  @DisplayName("a hundred at a time; at once again while there is more, then after a pause")
  void full_batches() {
    Sweeper seldom = new Sweeper(database, DAY);
    saveTokens(201);

    seldom.sweep();
    assertThat(nodes.count(TOKENS)).isEqualTo(101);
    seldom.sweep();
    assertThat(nodes.count(TOKENS)).isEqualTo(1);
    seldom.sweep();
    assertThat(nodes.count(TOKENS)).isZero();

    nodes.pool.works();
    seldom.sweep();
    assertThat(nodes.pool.calls()).isEmpty();
  }

  @Test
  @DisplayName("one request at a time, however long that takes")
  void one_at_a_time() {
    saveTokens(1);
    AtomicInteger others = new AtomicInteger(-1);
    nodes.pool.works();
    nodes.pool.at(
        "executeBatch",
        1,
        () -> {
          int before = nodes.pool.borrowed();
          CompletableFuture.runAsync(sweeper::sweep).join();
          others.set(nodes.pool.borrowed() - before);
        });

    sweeper.sweep();

    assertThat(others).hasValue(0);
    assertThat(nodes.count(TOKENS)).isZero();
  }

  @Test
  @DisplayName("what cannot be deleted is logged once, and no request fails")
  void failure() {
    try (LoggedLines log = new LoggedLines()) {
      for (Supplier<Throwable> fault :
          List.<Supplier<Throwable>>of(
              state("42501")::get, () -> new IllegalStateException("told to fail"))) {
        log.lines().clear();
        nodes.pool.failAlways("executeQuery", fault);
        sweepAll();
        sweepAll();
        assertThat(log.lines())
            .singleElement()
            .asString()
            .startsWith("WARNING expired rows cannot be deleted: ")
            .contains("told to fail");
        nodes.pool.works();
        sweepAll();
      }
    }
  }

  @Test
  @DisplayName("what cannot be deleted of one kind does not keep the others")
  void one_kind_fails() {
    saveTokens(1);
    savedCode();
    nodes.clock.advance(DAY);
    nodes.pool.failAt("executeBatch", 1, state("42501"));

    sweepAll();

    assertThat(nodes.count(TOKENS)).isEqualTo(1);
    assertThat(nodes.count(CODES)).isZero();
    sweepAll();
    assertThat(nodes.count(TOKENS)).isZero();
  }

  @Test
  @DisplayName("a request that has committed is answered, whatever becomes of sweeping")
  void after_the_commit() {
    JdbcStore sweeping = nodes.store(database, Duration.ZERO);
    nodes.pool.at(
        "executeUpdate",
        1,
        () ->
            nodes.pool.failAlways(
                "getConnection", () -> new IllegalStateException("told to fail")));

    assertThat(sweeping.commit(access(TEN))).isTrue();
    nodes.pool.works();
    assertThat(nodes.count(TOKENS)).isEqualTo(1);
  }

  @Test
  @DisplayName("rows that others hold are passed over")
  void locked_rows() throws SQLException {
    saveTokens(1);
    nodes.execute("UPDATE postern_access_token SET client_id = 'held'");
    saveTokens(2);
    try (Connection other = nodes.pool.database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE postern_access_token SET subject = 'x' WHERE client_id = 'held'");

      sweepAll();
      assertThat(nodes.count(TOKENS)).isEqualTo(1);
      other.rollback();
    }
    sweepAll();
    assertThat(nodes.count(TOKENS)).isZero();
  }

  @Test
  @DisplayName("a node sweeps four times a second at most")
  void pause() {
    Sweeper standard = new Sweeper(database);
    long begun = System.nanoTime();
    int sweeps = 0;
    nodes.pool.works();
    while (System.nanoTime() - begun < Duration.ofMillis(600).toNanos()) {
      standard.sweep();
      sweeps = (int) nodes.pool.calls("commit");
    }

    assertThat(sweeps).isBetween(1, 3);
  }
}
