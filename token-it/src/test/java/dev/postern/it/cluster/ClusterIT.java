package dev.postern.it.cluster;

import static dev.postern.it.cluster.ShopClient.assertInvalidGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import dev.postern.it.Webapp;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Three nodes on one PostgreSQL, 32 requests at once")
@Tag("cluster")
@Rfc({"RFC6749-4.1.2", "RFC9700-4.14.2"})
final class ClusterIT {
  private static final int NODES = 3;
  private static final int CLIENTS = 32;

  /** Of each kind; the heavier profile asks for more. */
  private static final int ROUNDS = Integer.getInteger("postern.it.rounds", 50);

  private static final String OTHER_HASH =
      Sha256Secrets.hash(Secret.of("kX7-cluster-batch-generated-secret-0005"));

  private final Database database = Databases.POSTGRES.create();
  private final Tables tables = new Tables(database);

  @ParameterizedTest(name = "serializable: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName("of one code exactly one is 200, the rest invalid_grant (I1)")
  void one_code(boolean isSerializable) throws Exception {
    try (Webapp webapp = ShopApp.shared().explode();
        Cluster cluster = Cluster.of(NODES, options(webapp, isSerializable));
        Crowd crowd = new Crowd(CLIENTS)) {
      for (int i = 0; i < rounds(isSerializable); i++) {
        String code = ShopClient.code(cluster.http(i));
        String form = ShopClient.redeeming(code);

        List<Answer> answers = crowd.send(cluster::http, node -> ShopClient.request(node, form));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertOthersInvalidGrant(answers);
        assertThat(tables.familiesOf(code)).isEqualTo(1);
        assertThat(tables.accessTokensOf(code)).isEqualTo(1);
      }
      assertThat(tables.families()).isEqualTo(rounds(isSerializable));
      tables.assertNothingHalfIssued();
    }
  }

  @ParameterizedTest(name = "serializable: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName(
      "of one refresh token every 200 carries the same tokens, and there is one lineage (I4)")
  void one_refresh_token(boolean isSerializable) throws Exception {
    try (Webapp webapp = ShopApp.shared().explode();
        Cluster cluster = Cluster.of(NODES, options(webapp, isSerializable));
        Crowd crowd = new Crowd(CLIENTS)) {
      for (int i = 0; i < rounds(isSerializable); i++) {
        String first = ShopClient.tokens(cluster.http(i)).refresh();
        String form = ShopClient.refreshing(first);

        List<Answer> answers = crowd.send(cluster::http, node -> ShopClient.request(node, form));

        Set<Tokens> issued = new HashSet<>();
        answers.stream()
            .filter(answer -> answer.status() == 200)
            .forEach(answer -> issued.add(Tokens.in(answer)));
        assertThat(issued).hasSize(1);
        assertOthersInvalidGrant(answers);
        Tokens tokens = issued.iterator().next();
        assertThat(tables.accessTokensOfFamily(first)).isEqualTo(2);
        assertThat(tables.isCurrent(tokens.refresh())).isTrue();
        assertThat(ShopClient.isAlive(cluster.http(i + 1), tokens.access())).isTrue();
        Tokens.in(ShopClient.refresh(cluster.http(i + 2), tokens.refresh()));
      }
      assertThat(tables.families()).isEqualTo(rounds(isSerializable));
      tables.assertNothingHalfIssued();
    }
  }

  @Test
  @DisplayName("A7: what was used stays used after all nodes were killed and started again (I5)")
  void after_a_restart_of_all() {
    try (Webapp webapp = ShopApp.shared().explode();
        Cluster cluster = Cluster.of(NODES, options(webapp, false))) {
      String code = ShopClient.code(cluster.http(0));
      Tokens ofCode = Tokens.in(ShopClient.redeem(cluster.http(1), code));
      Tokens first = ShopClient.tokens(cluster.http(0));
      Tokens second = Tokens.in(ShopClient.refresh(cluster.http(1), first.refresh()));
      Tokens third = Tokens.in(ShopClient.refresh(cluster.http(2), second.refresh()));

      cluster.killAndRestart();

      assertThat(ShopClient.isAlive(cluster.http(0), ofCode.access())).isTrue();
      assertInvalidGrant(ShopClient.redeem(cluster.http(0), code));
      assertThat(ShopClient.isAlive(cluster.http(1), ofCode.access())).isFalse();
      assertInvalidGrant(ShopClient.refresh(cluster.http(2), ofCode.refresh()));

      assertThat(ShopClient.isAlive(cluster.http(0), third.access())).isTrue();
      assertInvalidGrant(ShopClient.refresh(cluster.http(0), first.refresh()));
      assertThat(tables.isRevoked(third.refresh())).isTrue();
      assertInvalidGrant(ShopClient.refresh(cluster.http(1), third.refresh()));
      assertThat(ShopClient.isAlive(cluster.http(2), third.access())).isFalse();
    }
  }

  @Test
  @DisplayName("a retry on another node, after all were killed, gets the same tokens (I4)")
  void a_retry_elsewhere() {
    try (Webapp webapp = ShopApp.shared().explode();
        Cluster cluster = Cluster.of(NODES, options(webapp, false))) {
      Tokens first = ShopClient.tokens(cluster.http(0));
      Tokens second = Tokens.in(ShopClient.refresh(cluster.http(1), first.refresh()));

      cluster.killAndRestart();

      assertThat(Tokens.in(ShopClient.refresh(cluster.http(2), first.refresh()))).isEqualTo(second);
    }
  }

  @Test
  @DisplayName("B11: a client that is switched off is refused on every node within five seconds")
  void a_client_that_is_switched_off() {
    try (Webapp webapp =
            ShopApp.shared().with("clients", "jdbc").with("failureLimit", "0").explode();
        Cluster cluster = Cluster.of(NODES, options(webapp, false))) {
      // The first request makes the tables.
      ShopClient.askForCode(cluster.http(0));
      database.execute(
          "INSERT INTO postern_client (client_id, grant_types)"
              + " VALUES ('batch', 'client_credentials')");
      database.execute(
          "INSERT INTO postern_client_secret (client_id, name, hash) VALUES ('batch', 'one', '"
              + Sha256Secrets.hash(Secret.of(ShopApp.BATCH_SECRET))
              + "')");
      assertWithinBound(cluster, 200);

      database.execute("UPDATE postern_client SET disabled = TRUE");
      assertWithinBound(cluster, 401);
      database.execute("UPDATE postern_client SET disabled = FALSE");
      assertWithinBound(cluster, 200);
      database.execute("UPDATE postern_client_secret SET hash = '" + OTHER_HASH + "'");
      assertWithinBound(cluster, 401);
    }
  }

  /** The bound of docs/database.md; a request may begin within it and end after it. */
  private static void assertWithinBound(Cluster cluster, int status) {
    long bound = System.nanoTime() + Duration.ofMillis(5_500).toNanos();
    for (int i = 0; i < NODES; i++) {
      int got = 0;
      while (got != status) {
        assertThat(System.nanoTime()).as("still %d", got).isLessThan(bound);
        got =
            ShopClient.token(cluster.http(i), "grant_type=client_credentials", ShopClient.AS_BATCH)
                .status();
      }
    }
  }

  private static void assertOthersInvalidGrant(List<Answer> answers) {
    answers.stream()
        .filter(answer -> answer.status() != 200)
        .forEach(ShopClient::assertInvalidGrant);
  }

  /** Where SERIALIZABLE is asked for it is once more of the same: fewer will do. */
  private static int rounds(boolean isSerializable) {
    return isSerializable ? Math.max(1, ROUNDS / 4) : ROUNDS;
  }

  private Node.Options options(Webapp webapp, boolean isSerializable) {
    return new Node.Options(
        webapp, isSerializable ? database.serialized() : database, 2, Duration.ZERO);
  }
}
