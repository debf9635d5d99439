package dev.postern.core.jdbc;

import static dev.postern.core.jdbc.FaultyPool.state;
import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postern.core.Client;
import dev.postern.core.ClientAuthenticator;
import dev.postern.core.ClientSecret;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Lifetimes;
import dev.postern.core.OpaqueTokens;
import dev.postern.core.RandomTokens;
import dev.postern.core.RequestParser;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.SecretVerifier;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenEndpoint;
import dev.postern.core.TokenRequest;
import dev.postern.core.TokenResult;
import dev.postern.core.UnavailableException;
import dev.postern.core.client.ClientSecretBasic;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.secret.SecretFormats;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.LoggedLines;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("registrations in the database")
class JdbcClientsTest {
  private static final String CANARY = "canary-0123456789-0123456789-0123456789-012";
  private static final Set<String> METHODS =
      Set.of("client_secret_basic", "client_secret_post", "none");
  private static final Set<String> GRANT_TYPES =
      Set.of("client_credentials", "authorization_code", "refresh_token");

  private final Nodes nodes = new Nodes();
  private final FaultyPool pool = nodes.pool;
  private final Database database = nodes.database();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final LoggedLines log = new LoggedLines();

  /** The application's own format, which breaks in an unexpected way. */
  private final SecretVerifier broken =
      text -> {
        if (text.startsWith("$own$")) {
          throw new IllegalStateException("cannot read " + text);
        }
        return Optional.empty();
      };

  private final JdbcClients clients =
      new JdbcClients(
          database,
          new ClientRows(new SecretFormats(List.of(broken)), METHODS, GRANT_TYPES),
          nanos::get);

  @BeforeEach
  void open() {
    database.run(database::now);
    pool.works();
  }

  @AfterEach
  void close() {
    log.close();
    assertThat(pool.inUse()).isZero();
    nodes.close();
  }

  private void save(String id, String grantTypes) {
    nodes.execute(
        "INSERT INTO postern_client (client_id, client_name, grant_types, scope)"
            + " VALUES (?, ?, ?, 'read write')",
        id,
        "Name of " + id,
        grantTypes);
  }

  private void saveSecret(String id, String name, String hash, String expiresAt) {
    nodes.execute(
        "INSERT INTO postern_client_secret VALUES (?, ?, ?, ?)", id, name, hash, expiresAt);
  }

  private void saveBatch() {
    save("batch", "client_credentials");
    saveSecret("batch", "2026", Sha256Secrets.hash(Secret.of(CANARY)), "2027-01-01T00:00:00Z");
  }

  private void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  private void assertUnavailable(StandardReason reason, String text) {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> clients.find("batch"))
        .withMessageContaining(text)
        .extracting(e -> e.refusal().reason())
        .isEqualTo(reason);
  }

  @Test
  @DisplayName("columns mean what the members of the clients file mean")
  void all_columns() {
    nodes.execute(
        "INSERT INTO postern_client VALUES ('shop', 'The shop', 'client_secret_post',"
            + " ' authorization_code  refresh_token ', 'read write', 'openid profile',"
            + " 'https://shop.example/a https://shop.example/b', TRUE, TRUE, TRUE, TRUE)");
    saveSecret("shop", "a", Sha256Secrets.hash(Secret.of(CANARY)), null);
    saveSecret("shop", "b", " " + Sha256Secrets.hash(Secret.of("b".repeat(43))) + "\n", "");
    saveSecret("shop", "c", Sha256Secrets.hash(Secret.of("c".repeat(43))), "2027-01-01T00:00:00Z ");

    Client shop = clients.find("shop").orElseThrow();

    assertThat(shop.name()).isEqualTo("The shop");
    assertThat(shop.authenticationMethod()).isEqualTo("client_secret_post");
    assertThat(shop.grantTypes()).containsExactlyInAnyOrder("authorization_code", "refresh_token");
    assertThat(shop.scope()).isEqualTo(Scope.of("read write"));
    assertThat(shop.ignoredScope()).isEqualTo(Scope.of("openid profile"));
    assertThat(shop.hasRedirectUri("https://shop.example/a")).isTrue();
    assertThat(shop.hasRedirectUri("https://shop.example/b")).isTrue();
    assertThat(shop.isPlainChallengeAllowed()).isTrue();
    assertThat(shop.isIntrospectionAllowed()).isTrue();
    assertThat(shop.isConsentSkipped()).isTrue();
    assertThat(shop.isDisabled()).isTrue();
    assertThat(shop.secrets()).extracting(ClientSecret::name).containsExactly("a", "b", "c");
    assertThat(shop.secrets().get(0).hash().matches(Secret.of(CANARY))).isTrue();
    assertThat(shop.secrets().get(1).hash().matches(Secret.of("b".repeat(43)))).isTrue();
    assertThat(shop.secrets().get(0).expiresAt()).isEmpty();
    assertThat(shop.secrets().get(1).expiresAt()).isEmpty();
    assertThat(shop.secrets().get(2).expiresAt()).contains(Instant.parse("2027-01-01T00:00:00Z"));
  }

  @Test
  @DisplayName("what is not said is as in the clients file")
  void defaults() {
    nodes.execute(
        "INSERT INTO postern_client (client_id, token_endpoint_auth_method, grant_types,"
            + " redirect_uris) VALUES ('app', 'none', 'authorization_code', 'app.x:/cb')");

    Client app = clients.find("app").orElseThrow();

    assertThat(app.isPublic()).isTrue();
    assertThat(app.name()).isEmpty();
    assertThat(app.scope()).isEqualTo(Scope.EMPTY);
    assertThat(app.ignoredScope()).isEqualTo(Scope.EMPTY);
    assertThat(app.isDisabled()).isFalse();
    assertThat(app.isPlainChallengeAllowed()).isFalse();
    assertThat(app.isIntrospectionAllowed()).isFalse();
    assertThat(app.isConsentSkipped()).isFalse();
    assertThat(clients.find("nobody")).isEmpty();
    assertThat(clients.decoysFor("nobody")).as("there are no secrets").isEmpty();
  }

  @Test
  @DisplayName("a resource server has no grant types")
  void resource_server() {
    nodes.execute(
        "INSERT INTO postern_client (client_id, grant_types, introspection, skip_consent)"
            + " VALUES ('api', '', TRUE, FALSE)");
    saveSecret("api", "2026", Sha256Secrets.hash(Secret.of(CANARY)), null);

    Client api = clients.find("api").orElseThrow();

    assertThat(api.isIntrospectionAllowed()).isTrue();
    assertThat(api.isConsentSkipped()).isFalse();
    assertThat(api.grantTypes()).isEmpty();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  @DisplayName("ids that differ in case or in spaces are different clients")
  void ids() {
    for (String id : List.of("batch", "Batch", "batch ", " batch")) {
      save(id, "client_credentials");
      saveSecret(id, "2026", Sha256Secrets.hash(Secret.of(id + CANARY)), null);
    }

    for (String id : List.of("batch", "Batch", "batch ", " batch")) {
      Client client = clients.find(id).orElseThrow();
      assertThat(client.name()).isEqualTo("Name of " + id);
      assertThat(client.secrets()).hasSize(1);
      assertThat(client.secrets().get(0).hash().matches(Secret.of(id + CANARY))).isTrue();
    }
    assertThat(clients.find("BATCH")).isEmpty();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  @DisplayName("a change takes effect within the bound")
  void changes() {
    saveBatch();
    assertThat(clients.find("batch")).map(Client::isDisabled).contains(false);
    nodes.execute("UPDATE postern_client SET disabled = TRUE");
    nodes.execute(
        "UPDATE postern_client_secret SET hash = ?", Sha256Secrets.hash(Secret.of("n".repeat(43))));
    pool.works();

    advance(Duration.ofSeconds(2).minusNanos(1));
    assertThat(clients.find("batch")).map(Client::isDisabled).contains(false);
    assertThat(pool.calls()).as("read while they are fresh").isEmpty();
    advance(Duration.ofNanos(1));
    Client changed = clients.find("batch").orElseThrow();
    assertThat(changed.isDisabled()).isTrue();
    assertThat(changed.secrets().get(0).hash().matches(Secret.of("n".repeat(43)))).isTrue();
    assertThat(changed.secrets().get(0).hash().matches(Secret.of(CANARY))).isFalse();

    nodes.execute("DELETE FROM postern_client");
    advance(Duration.ofSeconds(2));
    assertThat(clients.find("batch")).isEmpty();
  }

  @Test
  @DisplayName("nobody waits for a new reading while the last one may be believed")
  void nobody_waits() {
    saveBatch();
    clients.find("batch");
    advance(Duration.ofSeconds(5).minusNanos(1));
    pool.works();
    AtomicInteger found = new AtomicInteger();
    pool.at(
        "executeQuery",
        2,
        () -> {
          int before = pool.borrowed();
          // Another thread, for the lock would let this one in.
          boolean isFound =
              CompletableFuture.supplyAsync(() -> clients.find("batch").isPresent()).join();
          found.set(isFound && pool.borrowed() == before ? 1 : 0);
        });

    assertThat(clients.find("batch")).isPresent();
    assertThat(found).hasValue(1);
  }

  @Test
  @DisplayName("those who wait for the first reading share it")
  void one_reads_for_all() throws Exception {
    saveBatch();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    pool.works();
    pool.at(
        "executeQuery",
        1,
        () -> {
          reading.countDown();
          awaitLatch(goOn);
        });
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(() -> clients.find("batch").isPresent());
    awaitLatch(reading);
    Thread[] waiting = new Thread[1];
    CompletableFuture<Boolean> second =
        CompletableFuture.supplyAsync(
            () -> clients.find("batch").isPresent(),
            task -> {
              waiting[0] = new Thread(task);
              waiting[0].start();
            });
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (waiting[0].getState() != Thread.State.TIMED_WAITING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    goOn.countDown();

    assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.calls("getConnection")).isEqualTo(1);
  }

  @Test
  @DisplayName("but not for longer than 1.5 s, and not when they are interrupted")
  void waiting_ends() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    pool.at(
        "executeQuery",
        1,
        () -> {
          reading.countDown();
          awaitLatch(goOn);
        });
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(() -> clients.find("batch").isEmpty());
    awaitLatch(reading);
    String message = "the clients are not to be had: others wait for them already";

    Thread.currentThread().interrupt();
    assertUnavailable(StandardReason.CLIENTS_UNAVAILABLE, message);
    assertThat(Thread.interrupted()).isTrue();
    long begun = System.nanoTime();
    assertUnavailable(StandardReason.CLIENTS_UNAVAILABLE, message);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(1_490), Duration.ofMillis(2_900));

    goOn.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("database down: believed for 5 s, then 9005 at once, and asked twice a second")
  void database_down() {
    saveBatch();
    clients.find("batch");
    pool.works();
    pool.failAlways("getConnection", state("57014"));

    advance(Duration.ofSeconds(2));
    assertThat(clients.find("batch")).isPresent();
    assertThat(pool.calls("getConnection")).isEqualTo(1);
    advance(Duration.ofMillis(500).minusNanos(1));
    assertThat(clients.find("batch")).isPresent();
    assertThat(pool.calls("getConnection")).as("twice a second").isEqualTo(1);
    advance(Duration.ofNanos(1));
    assertThat(clients.find("batch")).isPresent();
    assertThat(pool.calls("getConnection")).isEqualTo(2);
    advance(Duration.ofMillis(2_499));
    assertThat(clients.find("batch")).isPresent();
    assertThat(pool.calls("getConnection")).isEqualTo(3);

    advance(Duration.ofMillis(1));
    assertUnavailable(
        StandardReason.CLIENTS_UNAVAILABLE,
        "the clients are not to be had: they could not be read just now");
    assertThat(pool.calls("getConnection")).as("at once").isEqualTo(3);
    advance(Duration.ofMillis(500));
    assertUnavailable(StandardReason.STORE_UNAVAILABLE, "told to fail");
    assertUnavailable(StandardReason.CLIENTS_UNAVAILABLE, "just now");
    assertThat(pool.calls("getConnection")).isEqualTo(4);

    pool.works();
    advance(Duration.ofMillis(500));
    assertThat(clients.find("batch")).isPresent();
    assertThat(clients.decoysFor("nobody")).hasSize(1);
  }

  @Test
  @DisplayName("database down from the start")
  void down_from_the_start() {
    pool.failAlways("getConnection", state("57014"));

    assertUnavailable(StandardReason.STORE_UNAVAILABLE, "told to fail");
    assertUnavailable(StandardReason.CLIENTS_UNAVAILABLE, "just now");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> clients.decoysFor("batch"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "token_endpoint_auth_method = 'tls_client_auth' | token_endpoint_auth_method"
            + " tls_client_auth is none of [client_secret_basic, client_secret_post, none]",
        "grant_types = 'client_credentials magic' | grant type magic is none of"
            + " [authorization_code, client_credentials, refresh_token]",
        "grant_types = ' ' | grant_types names no grant type",
        "scope = 'read  write' | a scope is not scope-tokens with one space between them",
        "ignored_scopes = '\"' | a scope is not scope-tokens with one space between them",
        "grant_types = 'authorization_code' |"
            + " authorization_code needs at least one entry in redirect_uris",
        "redirect_uris = 'https://a.example/ nowhere' |"
            + " redirect_uris: not an absolute URI without a fragment: nowhere",
        "client_id = U&'bad\\000Aid' |"
            + " client_secret_basic needs at least one entry in secrets",
      })
  @DisplayName("a row that makes no sense takes out its own client alone, and the log says why")
  void bad_client(String change, String problem) {
    saveBatch();
    save("bad", "client_credentials");
    saveSecret("bad", "2026", Sha256Secrets.hash(Secret.of(CANARY)), null);
    nodes.execute("UPDATE postern_client SET " + change + " WHERE client_id = 'bad'");

    assertThat(clients.find("bad")).isEmpty();
    assertThat(clients.find("batch")).isPresent();

    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("SEVERE clients in the database that make no sense are left out:\n  client bad")
        .contains(problem)
        .hasLineCount(2);
    advance(Duration.ofSeconds(2));
    assertThat(clients.find("bad")).isEmpty();
    assertThat(log.lines()).as("said once").hasSize(1);

    nodes.execute("DELETE FROM postern_client WHERE client_id <> 'batch'");
    nodes.execute("DELETE FROM postern_client_secret WHERE client_id <> 'batch'");
    save("bad", "client_credentials");
    saveSecret("bad", "2026", Sha256Secrets.hash(Secret.of(CANARY)), null);
    advance(Duration.ofSeconds(2));
    assertThat(clients.find("bad")).as("mended").isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "NULL",
      value = {
        CANARY + " | NULL | hash: not a hash in a known format",
        "$sha256$" + CANARY + "! | NULL | hash: ",
        "$2a$31$" + CANARY + " | NULL | hash: ",
        "$own$" + CANARY + " | NULL | hash: dev.postern.core.jdbc.JdbcClientsTest",
        "GOOD | 2027-01-01 | expires_at is not like 2027-01-01T00:00:00Z",
        "GOOD | canary | expires_at is not like 2027-01-01T00:00:00Z",
      })
  @DisplayName("so does a secret that makes no sense; I8: the log has no hash")
  void bad_secret(String hash, String expiresAt, String problem) {
    saveBatch();
    save("bad", "client_credentials");
    saveSecret("bad", "good", Sha256Secrets.hash(Secret.of(CANARY)), null);
    saveSecret(
        "bad",
        "2026",
        hash.equals("GOOD") ? Sha256Secrets.hash(Secret.of(CANARY)) : hash,
        expiresAt);

    assertThat(clients.find("bad")).isEmpty();
    assertThat(clients.find("batch")).isPresent();

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("client bad: secret 2026: " + problem)
        .doesNotContain("canary", Sha256Secrets.hash(Secret.of(CANARY)).substring(8));
  }

  @Test
  @DisplayName("what is wrong with several is said together, and again when it is something else")
  void complaints() {
    save("one", "client_credentials");
    save("two", "client_credentials");
    clients.find("one");
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("\n  client one: ", "\n  client two: ");

    nodes.execute("DELETE FROM postern_client WHERE client_id = 'two'");
    advance(Duration.ofSeconds(2));
    clients.find("one");
    assertThat(log.lines()).hasSize(2);
    nodes.execute("DELETE FROM postern_client");
    advance(Duration.ofSeconds(2));
    clients.find("one");
    assertThat(log.lines()).hasSize(2);
    save("one", "client_credentials");
    advance(Duration.ofSeconds(2));
    clients.find("one");
    assertThat(log.lines()).hasSize(3);
  }

  @Test
  @DisplayName("any grant type will do where none are named")
  void any_grant_type() {
    save("batch", "urn:example:magic");
    saveSecret("batch", "2026", Sha256Secrets.hash(Secret.of(CANARY)), null);
    JdbcClients lax =
        nodes
            .store(database, Duration.ZERO)
            .clients(new SecretFormats(List.of()), METHODS, Set.of());

    assertThat(lax.find("batch").orElseThrow().mayUse("urn:example:magic")).isTrue();
    assertThat(clients.find("batch")).isEmpty();
  }

  @Test
  @DisplayName("unknown ids get the secrets of one of the clients, always the same")
  void decoys() {
    for (String id : List.of("one", "two", "three")) {
      save(id, "client_credentials");
      saveSecret(id, "of " + id, Sha256Secrets.hash(Secret.of(id + CANARY)), null);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      List<ClientSecret> decoys = clients.decoysFor("nobody" + i);
      names.add(decoys.get(0).name());
      advance(Duration.ofSeconds(2));
      assertThat(clients.decoysFor("nobody" + i))
          .extracting(ClientSecret::name)
          .containsExactly(decoys.get(0).name());
    }
    assertThat(names).hasSize(3);
  }

  @Test
  @DisplayName("secrets expire by the database's clock, not by this node's")
  void expiry() {
    save("batch", "client_credentials");
    saveSecret(
        "batch",
        "2026",
        Sha256Secrets.hash(Secret.of(CANARY)),
        START.plus(Duration.ofMinutes(30)).toString());
    JdbcStore store = nodes.store(database, Duration.ZERO);
    List<ClientSecretBasic> methods = List.of(new ClientSecretBasic());
    List<ClientCredentialsGrant> grants = List.of(new ClientCredentialsGrant());
    RandomTokens random = new RandomTokens(new SecureRandom());
    TokenEndpoint endpoint =
        new TokenEndpoint(
            new ClientAuthenticator(
                methods, clients, new FailureLimiter(0, store.clock(), 1), store.clock()),
            new RequestParser(grants, methods),
            grants,
            new OpaqueTokens(random),
            store,
            random,
            Lifetimes.STANDARD);
    assertIssued(get(endpoint));

    nodes.setDatabaseClock(START.plus(Duration.ofHours(1)));
    advance(Duration.ofSeconds(2));
    assertClientRefused(get(endpoint), StandardReason.SECRET_EXPIRED);
    // Back in time, with a node that is ahead.
    nodes.clock.advance(Duration.ofDays(365));
    nodes.setDatabaseClock(START);
    advance(Duration.ofSeconds(2));
    assertIssued(get(endpoint));
  }

  private static TokenResult get(TokenEndpoint endpoint) {
    return endpoint.handle(TokenRequest.of(basic("batch", CANARY), Forms.clientCredentials()));
  }
}
