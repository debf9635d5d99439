package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.CLIENT_DISABLED;
import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.HASH_PRESENTED;
import static dev.postern.core.StandardReason.METHOD_MISMATCH;
import static dev.postern.core.StandardReason.SECRET_EXPIRED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SECRET_NOT_ENCODED;
import static dev.postern.core.StandardReason.TOO_MANY_FAILURES;
import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static dev.postern.core.testing.TestClients.POSTER;
import static dev.postern.core.testing.TestClients.POSTER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.Form;
import dev.postern.core.IdAndSecret;
import dev.postern.core.ResourceOwners;
import dev.postern.core.Secret;
import dev.postern.core.TokenRequest;
import dev.postern.core.TokenResult;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.core.testing.CountedHash;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.SettableClock;
import dev.postern.core.testing.TestClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-2.3.1")
@DisplayName("RFC 6749 s2.3.1: client password")
class Section2_3_1Test {
  private static final String WAIT =
      "TOK9010: too many failed attempts; wait as long as Retry-After says";

  private final Endpoint endpoint = Endpoint.standard();
  private final AtomicInteger hashes = new AtomicInteger();

  private TokenResult basically(Endpoint at, String id, String secret) {
    return at.handle(basic(id, secret), Forms.clientCredentials());
  }

  private TokenResult post(Endpoint at, String id, String secret) {
    return at.handle(NO_HEADER, Forms.clientCredentials("client_id", id, "client_secret", secret));
  }

  @Test
  @DisplayName(
      "The authorization server MUST support the HTTP Basic authentication scheme for"
          + " authenticating clients that were issued a client password.")
  void basic_scheme() {
    TokenResult.Issued issued = assertIssued(basically(endpoint, BATCH, BATCH_SECRET));

    assertThat(issued.client().id()).isEqualTo(BATCH);
    assertThat(issued.client().client().name()).isEqualTo("Nightly batch");
    assertThat(issued.client()).hasToString("AuthenticatedClient batch");
  }

  @Test
  @DisplayName(
      "the authorization server MAY support including the client credentials in the request-body")
  void request_body() {
    assertThat(assertIssued(post(endpoint, POSTER, POSTER_SECRET)).client().id()).isEqualTo(POSTER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guess",
        "",
        " ",
        "BATCH-SECRET-0123456789-0123456789-01234567",
        "batch-secret-0123456789-0123456789-0123456",
        "batch-secret-0123456789-0123456789-012345678",
        "batch-secret-0123456789-0123456789-01234567\u0000",
        "poster-secret-0123456789-0123456789-0123456"
      })
  void wrong_secret_in_the_header(String secret) {
    assertClientRefused(basically(endpoint, BATCH, secret), SECRET_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guess",
        " ",
        "POSTER-SECRET-0123456789-0123456789-0123456",
        "poster-secret-0123456789-0123456789-012345",
        "poster-secret-0123456789-0123456789-01234567",
        "batch-secret-0123456789-0123456789-01234567"
      })
  void wrong_secret_in_the_body(String secret) {
    assertClientRefused(post(endpoint, POSTER, secret), SECRET_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "", " ", "BATCH", "Batch", "batch ", " batch", "batch\u0000"})
  void unknown_client_in_the_header(String id) {
    assertThat(
            assertClientRefused(basically(endpoint, id, BATCH_SECRET), CLIENT_UNKNOWN).clientId())
        .isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", " ", "POSTER", "Poster", "poster ", " poster"})
  void unknown_client_in_the_body(String id) {
    assertClientRefused(post(endpoint, id, POSTER_SECRET), CLIENT_UNKNOWN);
  }

  @Test
  @DisplayName("RFC 7591 s2: only the registered token_endpoint_auth_method")
  @Rfc("RFC7591-2")
  void other_method_than_the_registered_one() {
    assertThat(
            assertClientRefused(post(endpoint, BATCH, BATCH_SECRET), METHOD_MISMATCH)
                .refusal()
                .detail())
        .isEqualTo("used client_secret_post, registered client_secret_basic");
    assertThat(
            assertClientRefused(basically(endpoint, POSTER, POSTER_SECRET), METHOD_MISMATCH)
                .refusal()
                .detail())
        .isEqualTo("used client_secret_basic, registered client_secret_post");
    assertClientRefused(post(endpoint, BATCH, "guess"), SECRET_MISMATCH);
    assertClientRefused(basically(endpoint, POSTER, "guess"), SECRET_MISMATCH);
  }

  @Test
  void secret_of_a_client_that_has_none() {
    assertThat(
            assertClientRefused(basically(endpoint, "app", "guess"), METHOD_MISMATCH)
                .refusal()
                .detail())
        .isEqualTo("sent a secret, registered none");
    assertClientRefused(basically(endpoint, "app", ""), METHOD_MISMATCH);
    assertClientRefused(post(endpoint, "app", "guess"), METHOD_MISMATCH);
    // The secret that its decoy is made of does not help either.
    for (String decoy : List.of(BATCH_SECRET, POSTER_SECRET, TestClients.SHOP_SECRET)) {
      assertClientRefused(basically(endpoint, "app", decoy), METHOD_MISMATCH);
      assertClientRefused(basically(endpoint, "nobody", decoy), CLIENT_UNKNOWN);
    }
  }

  @Test
  void hash_in_place_of_the_secret() {
    String hash = Sha256Secrets.hash(Secret.of(BATCH_SECRET));

    assertClientRefused(basically(endpoint, BATCH, hash), HASH_PRESENTED);
    assertClientRefused(basically(endpoint, BATCH, hash + "x"), SECRET_MISMATCH);
    assertClientRefused(
        post(endpoint, POSTER, Sha256Secrets.hash(Secret.of(POSTER_SECRET))), HASH_PRESENTED);
    assertClientRefused(
        basically(endpoint, BATCH, Sha256Secrets.hash(Secret.of(POSTER_SECRET))), SECRET_MISMATCH);
  }

  @Test
  void disabled_client() {
    Endpoint disabled =
        Endpoint.of(
            TestClients.batch().disabled(true).build(),
            TestClients.poster().disabled(true).build());

    assertClientRefused(basically(disabled, BATCH, BATCH_SECRET), CLIENT_DISABLED);
    assertClientRefused(basically(disabled, BATCH, "guess"), SECRET_MISMATCH);
    assertClientRefused(post(disabled, POSTER, POSTER_SECRET), CLIENT_DISABLED);
    assertClientRefused(basically(disabled, POSTER, POSTER_SECRET), METHOD_MISMATCH);
  }

  @Test
  void two_active_secrets() {
    Endpoint two = Endpoint.of(TestClients.batch().secret(TestClients.secret("second")).build());

    assertIssued(basically(two, BATCH, BATCH_SECRET));
    assertIssued(basically(two, BATCH, "second"));
    assertClientRefused(basically(two, BATCH, "third"), SECRET_MISMATCH);
    assertClientRefused(
        basically(two, BATCH, Sha256Secrets.hash(Secret.of("second"))), HASH_PRESENTED);
  }

  @Test
  @DisplayName("a secret ends at the instant of its expiry")
  void expiry() {
    Instant end = SettableClock.START.plusSeconds(60);
    Endpoint at =
        Endpoint.of(TestClients.batch().secret(TestClients.secretUntil("retired", end)).build());

    at.clock().set(end.minusNanos(1));
    assertIssued(basically(at, BATCH, "retired"));
    at.clock().set(end);
    assertClientRefused(basically(at, BATCH, "retired"), SECRET_EXPIRED);
    at.clock().set(end.plusSeconds(1));
    assertClientRefused(basically(at, BATCH, "retired"), SECRET_EXPIRED);
    assertClientRefused(basically(at, BATCH, "guess"), SECRET_MISMATCH);
    assertIssued(basically(at, BATCH, BATCH_SECRET));
  }

  @Test
  void the_same_secret_twice_lives_as_long_as_the_later_one() {
    Instant end = SettableClock.START;
    Endpoint at =
        Endpoint.of(
            TestClients.batch()
                .secret(TestClients.secretUntil("same", end))
                .secret(TestClients.secretUntil("same", end.plusSeconds(1)))
                .build());

    assertIssued(basically(at, BATCH, "same"));
  }

  // Readings: the form-decoded one and the raw one.

  private static Client odd(String id, String secret) {
    return Client.withId(id)
        .secret(TestClients.secret(secret))
        .grantTypes("client_credentials")
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "a b,   s,     a+b,   s",
    "a,     s t,   a,     s+t",
    "a%,    s,     a%25,  s",
    "a:b,   s,     a%3Ab, s",
    "a,     s+t,   a,     s%2Bt",
    "ä,     ü,     %C3%A4, %C3%BC"
  })
  @DisplayName(
      "The client identifier is encoded using the \"application/x-www-form-urlencoded\" encoding"
          + " algorithm; half of the clients do not encode")
  void both_readings_count(String id, String secret, String rawId, String rawSecret) {
    AuthorizationHeader header = basic(id, secret, rawId, rawSecret);

    TokenResult decoded = Endpoint.of(odd(id, secret)).handle(header, Forms.clientCredentials());
    TokenResult raw = Endpoint.of(odd(rawId, rawSecret)).handle(header, Forms.clientCredentials());

    assertThat(assertIssued(decoded).client().id()).isEqualTo(id);
    assertThat(assertIssued(decoded).client().credentials())
        .contains(new IdAndSecret(id, Secret.of(secret)));
    assertThat(assertIssued(raw).client().id()).isEqualTo(rawId);
    assertThat(assertIssued(raw).client().credentials())
        .contains(new IdAndSecret(rawId, Secret.of(rawSecret)));
  }

  @Test
  void where_both_readings_match_the_decoded_one_wins() {
    Endpoint both = Endpoint.of(odd("a+b", "s"), odd("a b", "s"));

    assertThat(
            assertIssued(both.handle(basic("a b", "s", "a+b", "s"), Forms.clientCredentials()))
                .client()
                .id())
        .isEqualTo("a b");
  }

  @Test
  void readings_are_not_mixed() {
    Endpoint at = Endpoint.of(odd("a b", "s+t"));

    assertClientRefused(
        at.handle(basic("a b", "s t", "a+b", "s+t"), Forms.clientCredentials()),
        SECRET_NOT_ENCODED);
  }

  @Test
  void the_operator_hears_of_the_reading_that_named_a_client() {
    Endpoint at = Endpoint.of(odd("a+b", "s"));

    assertClientRefused(
        at.handle(basic("a b", "x", "a+b", "x"), Forms.clientCredentials()), SECRET_MISMATCH);
    assertClientRefused(
        at.handle(basic("a+b", "x", "a%2Bb", "x"), Forms.clientCredentials()), SECRET_MISMATCH);
    assertClientRefused(
        at.handle(basic("c d", "x", "c+d", "x"), Forms.clientCredentials()), CLIENT_UNKNOWN);
  }

  // Brute force.

  private Endpoint guarded(int limit, CountedHash hash) {
    return Endpoint.builder()
        .failureLimit(limit)
        .clients(
            List.of(
                Client.withId("c")
                    .secret(TestClients.secret(hash))
                    .grantTypes("client_credentials")
                    .build()))
        .build();
  }

  private static TokenResult from(Endpoint at, String source, String id, String secret) {
    Form form = Forms.clientCredentials();
    return at.handle(new TokenRequest(basic(id, secret), form, source, ResourceOwners.none()));
  }

  @Test
  @DisplayName(
      "the authorization server MUST protect any endpoint utilizing it against brute force attacks")
  void failures_beyond_the_limit_have_to_wait() {
    Endpoint at = guarded(3, CountedHash.generated("right", hashes));

    for (int i = 0; i < 3; i++) {
      assertClientRefused(from(at, "s", "c", "guess"), SECRET_MISMATCH);
    }
    TokenResult.Refused fourth =
        assertRefused(
            from(at, "s", "c", "guess"), TOO_MANY_FAILURES, "temporarily_unavailable", WAIT);

    assertThat(fourth.refusal().detail()).isEqualTo("TOK2102 the secret is wrong");
    assertThat(fourth.clientId()).isEqualTo("c");
  }

  @Test
  void an_unknown_client_has_to_wait_too() {
    Endpoint at = guarded(3, CountedHash.generated("right", hashes));

    for (int i = 0; i < 3; i++) {
      assertClientRefused(from(at, "s", "nobody", "guess"), CLIENT_UNKNOWN);
    }
    assertRefused(
        from(at, "s", "nobody", "guess"), TOO_MANY_FAILURES, "temporarily_unavailable", WAIT);
    assertThat(hashes).hasValue(4);
  }

  @Test
  void a_generated_secret_is_still_checked() {
    Endpoint at = guarded(3, CountedHash.generated("right", hashes));
    for (int i = 0; i < 10; i++) {
      from(at, "s", "c", "guess");
    }

    assertIssued(from(at, "s", "c", "right"));
    assertIssued(from(at, "elsewhere", "c", "right"));
  }

  @Test
  void a_chosen_secret_waits_and_costs_no_more_hashes() {
    Endpoint at = guarded(3, CountedHash.chosen("right", hashes));
    for (int i = 0; i < 3; i++) {
      assertClientRefused(from(at, "s", "c", "guess"), SECRET_MISMATCH);
    }

    assertRefused(from(at, "s", "c", "right"), TOO_MANY_FAILURES, "temporarily_unavailable", WAIT);
    assertClientRefused(from(at, "s", "nobody", "guess"), CLIENT_UNKNOWN);
    assertThat(hashes).hasValue(4);
    assertIssued(from(at, "elsewhere", "c", "right"));

    at.clock().advance(Duration.ofMinutes(1));
    assertIssued(from(at, "s", "c", "right"));
  }

  @Test
  void two_failures_do_not_brake_at_a_limit_of_three() {
    Endpoint at = guarded(3, CountedHash.chosen("right", hashes));
    from(at, "s", "c", "guess");
    from(at, "s", "c", "guess");

    assertIssued(from(at, "s", "c", "right"));
  }

  @Test
  void success_and_faults_of_form_do_not_count() {
    Endpoint at = guarded(1, CountedHash.chosen("right", hashes));
    for (int i = 0; i < 5; i++) {
      assertIssued(from(at, "", "c", "right"));
      at.handle(NO_HEADER, Forms.clientCredentials("client_secret", "x"));
      at.handle(basic("c", "right"), Forms.clientCredentials("client_id", "d"));
    }

    assertIssued(from(at, "", "c", "right"));
  }

  @Test
  void limit_0_never_brakes() {
    Endpoint at = guarded(0, CountedHash.chosen("right", hashes));
    for (int i = 0; i < 100; i++) {
      assertClientRefused(from(at, "s", "c", "guess"), SECRET_MISMATCH);
    }

    assertIssued(from(at, "s", "c", "right"));
  }

  @Test
  @DisplayName("10,000 guesses on one client: throttled, and the real one goes on")
  void ten_thousand_guesses() {
    Endpoint at = guarded(30, CountedHash.generated("right", hashes));
    int answered = 0;
    for (int i = 0; i < 10_000; i++) {
      TokenResult.Refused refused = (TokenResult.Refused) from(at, "proxy", "c", "guess" + i);
      answered += refused.refusal().reason() == SECRET_MISMATCH ? 1 : 0;
    }

    assertThat(answered).isEqualTo(30);
    assertIssued(from(at, "proxy", "c", "right"));
  }
}
