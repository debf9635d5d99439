package dev.postern.it.cluster;

import static dev.postern.it.cluster.ShopClient.assertInvalidGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import dev.postern.it.database.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The database is away, slow, or cuts the line")
@Tag("cluster")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OutageIT {
  /** The answer is promised within two seconds; the rest is what two busy cores may add. */
  private static final Duration PROMPTLY = Duration.ofMillis(2_500);

  private static final Duration RECOVERY = Duration.ofSeconds(5);

  @ParameterizedTest(name = "crashing: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName("stopped and started under load: 503 within 2 s, recovery within 5 s, nothing half")
  void stopped_under_load(boolean isCrashing) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(4);
    AtomicBoolean isOver = new AtomicBoolean();
    try (PostgresServer server = PostgresServer.start();
        Webapp webapp = ShopApp.shared().explode()) {
      Database database = server.create();
      try (Node node = Node.start(new Node.Options(webapp, database, 4, Duration.ZERO))) {
        List<Future<List<Seen>>> futures = new ArrayList<>();
        AtomicLong lastGood = new AtomicLong();
        ShopClient.tokens(node.http());
        for (int i = 0; i < 4; i++) {
          futures.add(clients.submit(() -> load(node.http(), isOver, lastGood)));
        }
        pause(Duration.ofMillis(500));
        long away = System.nanoTime();
        if (isCrashing) {
          server.kill();
        } else {
          server.stop();
        }
        long down = System.nanoTime();
        pause(Duration.ofSeconds(4));
        long up = System.nanoTime();
        server.startAgain();
        long back = System.nanoTime();
        while (lastGood.get() < back && System.nanoTime() < back + RECOVERY.toNanos()) {
          pause(Duration.ofMillis(10));
        }
        long recovered = System.nanoTime();
        // A pool may still hold connections that it does not know to be cut.
        pause(RECOVERY.minusNanos(recovered - back).dividedBy(2));
        long settled = System.nanoTime();
        pause(Duration.ofMillis(500));
        isOver.set(true);
        List<Seen> seen = new ArrayList<>();
        for (Future<List<Seen>> future : futures) {
          seen.addAll(future.get(30, TimeUnit.SECONDS));
        }

        assertThat(Duration.ofNanos(recovered - back)).isLessThan(RECOVERY);
        assertThat(seen).filteredOn(each -> each.end() < away).isNotEmpty().allMatch(Seen::isGood);
        assertThat(seen)
            .filteredOn(each -> each.start() > down && each.end() < up)
            .isNotEmpty()
            .allMatch(Seen::isUnavailable);
        assertThat(seen).allMatch(each -> each.isGood() || each.isUnavailable());
        assertThat(seen).allMatch(each -> each.took().compareTo(PROMPTLY) < 0);
        assertThat(seen)
            .filteredOn(each -> each.start() > settled)
            .isNotEmpty()
            .allMatch(Seen::isGood);
        new Tables(database).assertNothingHalfIssued();
      }
    } finally {
      isOver.set(true);
      clients.shutdownNow();
    }
  }

  @Test
  @DisplayName("a row that somebody else has locked: 503 in bounded time, and then all is well")
  void a_locked_row() throws Exception {
    Database database = Databases.POSTGRES.create();
    Tables tables = new Tables(database);
    try (Webapp webapp = ShopApp.shared().explode();
        Node node = Node.start(new Node.Options(webapp, database, 2, Duration.ZERO))) {
      RawHttp http = node.http();
      String code = ShopClient.code(http);
      String refresh = ShopClient.tokens(http).refresh();

      try (Connection locker = lock(database, "postern_code")) {
        Seen locked = Seen.of(() -> ShopClient.redeem(http, code));
        assertThat(locked.isUnavailable()).as(locked::toString).isTrue();
        assertThat(locked.took()).isLessThan(Duration.ofSeconds(5));
        assertThat(tables.familiesOf(code)).isZero();
        // The connection is back in the pool, which has two.
        for (int i = 0; i < 3; i++) {
          assertThat(ShopClient.askForCode(http).status()).isEqualTo(200);
        }
        locker.rollback();
      }
      Tokens.in(ShopClient.redeem(http, code));

      try (Connection locker = lock(database, "postern_family")) {
        Seen locked = Seen.of(() -> ShopClient.refresh(http, refresh));
        assertThat(locked.isUnavailable()).as(locked::toString).isTrue();
        assertThat(locked.took()).isLessThan(Duration.ofSeconds(5));
        locker.rollback();
      }
      Tokens.in(ShopClient.refresh(http, refresh));
      assertThat(tables.accessTokensOfFamily(refresh)).isEqualTo(2);
      tables.assertNothingHalfIssued();
    }
  }

  @Test
  @DisplayName("a database that says nothing any more: 503 in bounded time, and then all is well")
  void a_silent_database() throws Exception {
    Database database = Databases.POSTGRES.create();
    try (Proxy proxy = Proxy.to(PostgresServer.shared().port());
        Webapp webapp = ShopApp.shared().explode();
        Node node =
            Node.start(new Node.Options(webapp, database.over(proxy.port()), 2, Duration.ZERO))) {
      String code = ShopClient.code(node.http());
      proxy.set("UPDATE postern_code", Proxy.Fate.HELD);
      Seen silent = Seen.of(() -> ShopClient.redeem(node.http(), code));
      assertThat(silent.isUnavailable()).as(silent::toString).isTrue();
      assertThat(silent.took()).isLessThan(Duration.ofSeconds(5));
      proxy.release();

      Tokens.in(ShopClient.redeem(node.http(), code));
      new Tables(database).assertNothingHalfIssued();
    }
  }

  @Test
  @DisplayName("cut before the commit: 503, and the code is as it was")
  void cut_before_the_commit() throws Exception {
    cutting(
        Proxy.Fate.CUT_BEFORE,
        (http, tables) -> {
          String code = ShopClient.code(http);
          Tokens tokens = ShopClient.tokens(http);
          return new Cut(
              () -> ShopClient.redeem(http, code),
              () -> {
                assertThat(tables.familiesOf(code)).isZero();
                Tokens.in(ShopClient.redeem(http, code));
                assertThat(tables.familiesOf(code)).isEqualTo(1);
              },
              () -> ShopClient.refresh(http, tokens.refresh()),
              () -> {
                assertThat(tables.isCurrent(tokens.refresh())).isTrue();
                Tokens.in(ShopClient.refresh(http, tokens.refresh()));
                assertThat(tables.accessTokensOfFamily(tokens.refresh())).isEqualTo(2);
              });
        });
  }

  @Test
  @DisplayName("cut after the commit: 503, never two families, and the refresh is mended")
  void cut_after_the_commit() throws Exception {
    cutting(
        Proxy.Fate.CUT_AFTER,
        (http, tables) -> {
          String code = ShopClient.code(http);
          Tokens tokens = ShopClient.tokens(http);
          return new Cut(
              () -> ShopClient.redeem(http, code),
              () -> {
                assertThat(tables.familiesOf(code)).isEqualTo(1);
                assertInvalidGrant(ShopClient.redeem(http, code));
                assertThat(tables.familiesOf(code)).isEqualTo(1);
              },
              () -> ShopClient.refresh(http, tokens.refresh()),
              () -> {
                assertThat(tables.isCurrent(tokens.refresh())).isFalse();
                Tokens mended = Tokens.in(ShopClient.refresh(http, tokens.refresh()));
                assertThat(tables.isCurrent(mended.refresh())).isTrue();
                assertThat(tables.hasAccessToken(mended.access())).isTrue();
                assertThat(tables.accessTokensOfFamily(tokens.refresh())).isEqualTo(2);
              });
        });
  }

  /** A redemption and a refresh that meet the same fate, and what holds after each. */
  private record Cut(
      Callable<Answer> redeem,
      Runnable afterRedeem,
      Callable<Answer> refresh,
      Runnable afterwards) {}

  private interface Cutting {
    Cut of(RawHttp http, Tables tables);
  }

  private static void cutting(Proxy.Fate fate, Cutting cutting) throws Exception {
    Database database = Databases.POSTGRES.create();
    Tables tables = new Tables(database);
    try (Proxy proxy = Proxy.to(PostgresServer.shared().port());
        Webapp webapp = ShopApp.shared().explode();
        Node node =
            Node.start(new Node.Options(webapp, database.over(proxy.port()), 2, Duration.ZERO))) {
      Cut cut = cutting.of(node.http(), tables);

      proxy.set("COMMIT", fate);
      Seen redeemed = Seen.of(cut.redeem());
      assertThat(redeemed.isUnavailable()).as(redeemed::toString).isTrue();
      cut.afterRedeem().run();

      proxy.set("COMMIT", fate);
      Seen refreshed = Seen.of(cut.refresh());
      assertThat(refreshed.isUnavailable()).as(refreshed::toString).isTrue();
      cut.afterwards().run();
      tables.assertNothingHalfIssued();
    }
  }

  @Test
  @DisplayName("a node that is stopped across the expiry of a code cannot commit it")
  void stopped_across_the_expiry() throws Exception {
    Database database = Databases.POSTGRES.create();
    Tables tables = new Tables(database);
    try (Proxy proxy = Proxy.to(PostgresServer.shared().port());
        Webapp webapp = ShopApp.shared().with("codeLifetime", "PT2S").explode();
        Node node =
            Node.start(new Node.Options(webapp, database.over(proxy.port()), 2, Duration.ZERO))) {
      String code = ShopClient.code(node.http());
      proxy.set("UPDATE postern_code", Proxy.Fate.HELD);
      CompletableFuture<Answer> answer =
          CompletableFuture.supplyAsync(() -> ShopClient.redeem(node.http(), code));
      proxy.awaitSeen();
      node.pause();
      awaitExpiry(database);
      proxy.release();
      node.resume();

      Answer late = answer.get(20, TimeUnit.SECONDS);
      assertThat(late.status()).as(late::toString).isNotEqualTo(200);
      assertThat(tables.familiesOf(code)).isZero();
      assertInvalidGrant(ShopClient.redeem(node.http(), code));
    }
  }

  /** Until a second after the database's clock says that every code there is has expired. */
  private static void awaitExpiry(Database database) {
    String expired =
        "SELECT CASE WHEN MAX(expires_at) + 1000 < EXTRACT(EPOCH FROM clock_timestamp()) * 1000"
            + " THEN 1 ELSE 0 END FROM postern_code";
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (database.number(expired) == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      pause(Duration.ofMillis(50));
    }
  }

  /**
   * Codes, tokens and refreshes while all is well; else one request after the other that needs the
   * store.
   */
  private static List<Seen> load(RawHttp node, AtomicBoolean isOver, AtomicLong lastGood)
      throws Exception {
    List<Seen> seen = new ArrayList<>();
    while (!isOver.get()) {
      Seen probe =
          Seen.of(
              () -> ShopClient.token(node, "grant_type=client_credentials", ShopClient.AS_BATCH));
      seen.add(probe);
      if (probe.isGood()) {
        lastGood.set(probe.end());
      }
      Answer asked = probe.isGood() ? ShopClient.askForCode(node) : probe.answer();
      if (asked.status() == 200) {
        Seen redeemed = Seen.of(() -> ShopClient.redeem(node, ShopClient.codeIn(asked)));
        seen.add(redeemed);
        if (redeemed.isGood()) {
          String refresh = Tokens.in(redeemed.answer()).refresh();
          seen.add(Seen.of(() -> ShopClient.refresh(node, refresh)));
        }
      }
    }
    return seen;
  }

  /** A transaction that holds every row of a table. */
  private static Connection lock(Database database, String table) throws SQLException {
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM " + table + " FOR UPDATE")) {
      statement.executeQuery().close();
    }
    return connection;
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
