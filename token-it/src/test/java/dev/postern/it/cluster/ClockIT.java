package dev.postern.it.cluster;

import static dev.postern.it.cluster.ShopClient.assertInvalidGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Webapp;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Nodes whose clocks are ten minutes off, ahead and behind, judge as the others do")
@Tag("cluster")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClockIT {
  private static final Duration OFF = Duration.ofMinutes(10);

  private final Database database = Databases.POSTGRES.create();

  @Test
  @DisplayName("what is alive is alive on all of them")
  void nothing_ends_early() {
    try (Webapp webapp = ShopApp.shared().explode();
        Node right = Node.start(options(webapp, Duration.ZERO));
        Node ahead = Node.start(options(webapp, OFF));
        Node behind = Node.start(options(webapp, OFF.negated()))) {
      for (Node from : List.of(right, ahead, behind)) {
        for (Node to : List.of(right, ahead, behind)) {
          Answer redeemed = ShopClient.redeem(to.http(), ShopClient.code(from.http()));
          assertThat(redeemed.json().getInt("expires_in")).isBetween(595, 600);
          Tokens tokens = Tokens.in(redeemed);
          assertThat(ShopClient.isAlive(from.http(), tokens.access())).isTrue();
          Answer refreshed = ShopClient.refresh(from.http(), tokens.refresh());
          Tokens next = Tokens.in(refreshed);
          Answer retried = ShopClient.refresh(to.http(), tokens.refresh());
          assertThat(Tokens.in(retried)).isEqualTo(next);
          assertThat(retried.json().getInt("expires_in")).isBetween(595, 600);
        }
      }
    }
  }

  @Test
  @DisplayName("what has ended has ended on all of them")
  void nothing_is_revived() {
    try (Webapp webapp =
            ShopApp.shared()
                .with("codeLifetime", "PT1S")
                .with("accessTokenLifetime", "PT2S")
                .with("refreshTokenLifetime", "PT2S")
                .with("refreshGrace", "PT1S")
                .explode();
        Node right = Node.start(options(webapp, Duration.ZERO));
        Node ahead = Node.start(options(webapp, OFF));
        Node behind = Node.start(options(webapp, OFF.negated()))) {
      for (Node from : List.of(right, ahead, behind)) {
        Tokens tokens = ShopClient.tokens(from.http());
        Tokens rotated = ShopClient.tokens(from.http());
        Tokens next = Tokens.in(ShopClient.refresh(from.http(), rotated.refresh()));
        String code = ShopClient.code(from.http());
        await(() -> !ShopClient.isAlive(right.http(), next.access()));

        for (Node to : List.of(ahead, behind, right)) {
          assertInvalidGrant(ShopClient.redeem(to.http(), code));
          assertThat(ShopClient.isAlive(to.http(), tokens.access())).isFalse();
          assertInvalidGrant(ShopClient.refresh(to.http(), tokens.refresh()));
          // The grace is over too.
          assertInvalidGrant(ShopClient.refresh(to.http(), rotated.refresh()));
        }
      }
    }
  }

  @Test
  @DisplayName("a client's secret ends on all of them at the same time (clients=jdbc)")
  void secrets() {
    Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    try (Webapp webapp = ShopApp.shared().with("clients", "jdbc").explode();
        Node right = Node.start(options(webapp, Duration.ZERO))) {
      // Its first request makes the tables.
      ShopClient.askForCode(right.http());
      register("fresh", now.plus(OFF.dividedBy(2)));
      register("stale", now.minus(OFF.dividedBy(2)));
      try (Node ahead = Node.start(options(webapp, OFF));
          Node behind = Node.start(options(webapp, OFF.negated()))) {
        for (Node node : List.of(right, ahead, behind)) {
          // A node that has asked before hears of them within five seconds.
          await(() -> as("fresh", node).status() == 200);
          Answer stale = as("stale", node);
          assertThat(stale.status()).as(stale::toString).isEqualTo(401);
        }
      }
    }
  }

  private void register(String client, Instant expiresAt) {
    database.execute(
        "INSERT INTO postern_client (client_id, grant_types) VALUES ('"
            + client
            + "', 'client_credentials')");
    database.execute(
        "INSERT INTO postern_client_secret (client_id, name, hash, expires_at) VALUES ('"
            + client
            + "', 'one', '"
            + Sha256Secrets.hash(Secret.of(secret(client)))
            + "', '"
            + expiresAt
            + "')");
  }

  private static String secret(String client) {
    return "kX7-cluster-" + client + "-generated-secret-0004";
  }

  private static Answer as(String client, Node node) {
    return ShopClient.token(
        node.http(), "grant_type=client_credentials", ShopClient.basic(client, secret(client)));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private Node.Options options(Webapp webapp, Duration ahead) {
    return new Node.Options(webapp, database, 2, ahead);
  }
}
