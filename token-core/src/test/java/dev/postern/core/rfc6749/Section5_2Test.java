package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.CLIENTS_UNAVAILABLE;
import static dev.postern.core.StandardReason.CLIENT_DISABLED;
import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.CREDENTIALS_REQUIRED;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.HASH_PRESENTED;
import static dev.postern.core.StandardReason.METHOD_MISMATCH;
import static dev.postern.core.StandardReason.PASSWORD_GRANT_OFF;
import static dev.postern.core.StandardReason.SECRET_EXPIRED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.APP;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static dev.postern.core.testing.TestClients.KIOSK;
import static dev.postern.core.testing.TestClients.KIOSK_SECRET;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ClientSecret;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenRequest;
import dev.postern.core.UnavailableException;
import dev.postern.core.testing.CountedHash;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.SettableClock;
import dev.postern.core.testing.TestClients;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-5.2")
@DisplayName("RFC 6749 s5.2: error response")
class Section5_2Test {
  private final AtomicInteger hashes = new AtomicInteger();
  private final Endpoint endpoint = Endpoint.standard();

  // invalid_client

  private Client client(String id, String method, String secret) {
    return Client.withId(id)
        .authenticationMethod(method)
        .secret(TestClients.secret(CountedHash.generated(secret, hashes)))
        .grantTypes("client_credentials")
        .build();
  }

  /** Every client has one secret, and every hash of one is counted. */
  private Endpoint counted() {
    CountedHash expired = CountedHash.chosen("expired", hashes);
    return Endpoint.of(
        client("basic", "client_secret_basic", "right"),
        client("post", "client_secret_post", "right"),
        Client.withId("slow")
            .secret(TestClients.secret(CountedHash.chosen("right", hashes)))
            .grantTypes("client_credentials")
            .build(),
        Client.withId("expired")
            .secret(new ClientSecret(expired, Optional.of(SettableClock.START), "old"))
            .grantTypes("client_credentials")
            .build(),
        Client.withId("disabled")
            .secret(TestClients.secret(CountedHash.generated("right", hashes)))
            .grantTypes("client_credentials")
            .disabled(true)
            .build(),
        Client.withId("public")
            .authenticationMethod("none")
            .grantTypes("authorization_code")
            .redirectUris("https://x.example/")
            .build(),
        Client.withId("off")
            .authenticationMethod("none")
            .grantTypes("authorization_code")
            .redirectUris("https://x.example/")
            .disabled(true)
            .build());
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        inHeader("nobody", "right", CLIENT_UNKNOWN),
        inHeader("basic", "guess", SECRET_MISMATCH),
        inHeader("slow", "guess", SECRET_MISMATCH),
        inHeader("basic", "", SECRET_MISMATCH),
        inHeader("basic", "$counted$right", HASH_PRESENTED),
        inHeader("expired", "expired", SECRET_EXPIRED),
        inHeader("expired", "guess", SECRET_MISMATCH),
        inHeader("disabled", "right", CLIENT_DISABLED),
        inHeader("disabled", "guess", SECRET_MISMATCH),
        inHeader("post", "right", METHOD_MISMATCH),
        inHeader("post", "guess", SECRET_MISMATCH),
        inHeader("public", "guess", METHOD_MISMATCH),
        inHeader("off", "guess", METHOD_MISMATCH),
        inBody("nobody", "right", CLIENT_UNKNOWN),
        inBody("post", "guess", SECRET_MISMATCH),
        inBody("post", "$counted$right", HASH_PRESENTED),
        inBody("expired", "expired", SECRET_EXPIRED),
        inBody("disabled", "right", METHOD_MISMATCH),
        inBody("basic", "right", METHOD_MISMATCH),
        inBody("basic", "guess", SECRET_MISMATCH),
        inBody("public", "guess", METHOD_MISMATCH));
  }

  private static Arguments inHeader(String id, String secret, StandardReason cause) {
    return Arguments.of(basic(id, secret), Forms.clientCredentials(), cause);
  }

  private static Arguments inBody(String id, String secret, StandardReason cause) {
    return Arguments.of(
        NO_HEADER, Forms.clientCredentials("client_id", id, "client_secret", secret), cause);
  }

  @ParameterizedTest(name = "{2} {0} {1}")
  @MethodSource("failures")
  @DisplayName(
      "invalid_client: Client authentication failed: all causes look alike and cost one hash")
  void all_failures_look_alike(AuthorizationHeader header, Form form, StandardReason cause) {
    assertClientRefused(counted().handle(header, form), cause);

    assertThat(hashes).hasValue(1);
  }

  @Test
  void success_costs_one_hash_too() {
    assertIssued(counted().handle(basic("basic", "right"), Forms.clientCredentials()));

    assertThat(hashes).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("ids")
  @DisplayName("the id alone: known or not, no hash is done and the answer is the same")
  void id_alone(String id, StandardReason cause) {
    assertClientRefused(counted().handle(NO_HEADER, Forms.code("x", "client_id", id)), cause);

    assertThat(hashes).hasValue(0);
  }

  static Stream<Arguments> ids() {
    return Stream.of(
        Arguments.of("nobody", CLIENT_UNKNOWN),
        Arguments.of("basic", CREDENTIALS_REQUIRED),
        Arguments.of("post", CREDENTIALS_REQUIRED),
        Arguments.of("disabled", CREDENTIALS_REQUIRED),
        Arguments.of("off", CLIENT_DISABLED));
  }

  @Test
  void two_readings_cost_two_tries_for_known_and_unknown_alike() {
    Endpoint at = counted();

    for (String id : List.of("basic", "nobody", "public", "expired")) {
      hashes.set(0);
      at.handle(basic(id, "a b", id, "a+b"), Forms.clientCredentials());
      assertThat(hashes).as(id).hasValue(2);
    }
  }

  @Test
  void all_secrets_of_a_client_are_tried_whichever_matches() {
    Endpoint at =
        Endpoint.of(
            TestClients.batch()
                .secret(TestClients.secret(CountedHash.generated("one", hashes)))
                .secret(TestClients.secret(CountedHash.generated("two", hashes)))
                .secret(TestClients.secret(CountedHash.generated("three", hashes)))
                .build());

    for (String secret : List.of("one", "two", "three", "guess", BATCH_SECRET)) {
      hashes.set(0);
      at.handle(basic(BATCH, secret), Forms.clientCredentials());
      assertThat(hashes).as(secret).hasValue(3);
    }
    hashes.set(0);
    assertClientRefused(
        at.handle(basic("nobody", "guess"), Forms.clientCredentials()), CLIENT_UNKNOWN);
    assertThat(hashes).hasValue(3);
  }

  @Test
  @DisplayName("mixed formats: an unknown id always costs the same, and the ids follow the mix")
  void decoys_follow_the_mix() {
    AtomicInteger slow = new AtomicInteger();
    AtomicInteger fast = new AtomicInteger();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      clients.add(
          Client.withId("c" + i)
              .secret(
                  TestClients.secret(
                      i % 4 == 0
                          ? CountedHash.chosen("x", slow)
                          : CountedHash.generated("x", fast)))
              .grantTypes("client_credentials")
              .build());
    }
    Endpoint at = Endpoint.builder().clients(clients).failureLimit(0).build();

    Set<String> slowIds = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      Set<String> slowNow = new HashSet<>();
      for (int i = 0; i < 400; i++) {
        int before = slow.get();
        at.handle(basic("unknown" + i, "guess"), Forms.clientCredentials());
        if (slow.get() > before) {
          slowNow.add("unknown" + i);
        }
      }
      if (round == 1) {
        assertThat(slowNow).isEqualTo(slowIds);
      }
      slowIds = slowNow;
    }

    assertThat(slowIds).hasSizeBetween(60, 140);
    assertThat(slow.get() + fast.get()).isEqualTo(800);
  }

  @Test
  void no_client_has_a_secret() {
    Endpoint at = Endpoint.of(TestClients.app().build());

    assertClientRefused(
        at.handle(basic("nobody", "guess"), Forms.clientCredentials()), CLIENT_UNKNOWN);
  }

  @Test
  @DisplayName("the client registry is not to be had: no verdict, no token")
  void registry_unavailable() {
    ClientRegistry broken =
        new ClientRegistry() {
          @Override
          public Optional<Client> find(String clientId) {
            throw new UnavailableException(CLIENTS_UNAVAILABLE, "connection refused");
          }

          @Override
          public List<ClientSecret> decoysFor(String clientId) {
            return List.of();
          }
        };
    Endpoint at = Endpoint.builder().registry(broken).build();
    String description = "TOK9005: the client registry is not available";

    var refused =
        assertRefused(
            at.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials()),
            CLIENTS_UNAVAILABLE,
            "temporarily_unavailable",
            description);
    assertThat(refused.clientId()).isEqualTo(BATCH);
    assertThat(refused.refusal().detail()).isEqualTo("connection refused");
    assertRefused(
        at.handle(NO_HEADER, Forms.code("x", "client_id", APP)),
        CLIENTS_UNAVAILABLE,
        "temporarily_unavailable",
        description);
    assertRefused(
        at.guard().check(TokenRequest.of(basic(BATCH, BATCH_SECRET), Forms.clientCredentials())),
        CLIENTS_UNAVAILABLE,
        "temporarily_unavailable",
        description);
  }

  // unsupported_grant_type, unauthorized_client

  @ParameterizedTest
  @ValueSource(
      strings = {
        "implicit",
        "Client_Credentials",
        "client_credentials ",
        " client_credentials",
        "client-credentials",
        "PASSWORD",
        "urn:ietf:params:oauth:grant-type:device_code",
        "\u00FC"
      })
  @DisplayName(
      "unsupported_grant_type: The authorization grant type is not supported by the authorization"
          + " server.")
  void unsupported_grant_type(String grantType) {
    assertRefused(
        endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.grant(grantType)),
        GRANT_TYPE_UNSUPPORTED,
        "unsupported_grant_type",
        "TOK5001: the grant type is not supported");
  }

  @Test
  @Rfc({"RFC9700-2.4", "RFC6749-10.7"})
  void password_grant_switched_off() {
    assertRefused(
        Endpoint.builder()
            .withoutPassword()
            .build()
            .handle(basic(SHOP, SHOP_SECRET), Forms.password("alice", "secret")),
        PASSWORD_GRANT_OFF,
        "unsupported_grant_type",
        "TOK5001: the grant type is not supported");
  }

  @ParameterizedTest
  @MethodSource("notRegistered")
  @DisplayName(
      "unauthorized_client: The authenticated client is not authorized to use this authorization"
          + " grant type.")
  void unauthorized_client(AuthorizationHeader header, Form form) {
    assertRefused(
        endpoint.handle(header, form),
        GRANT_TYPE_NOT_REGISTERED,
        "unauthorized_client",
        "TOK4001: the client is not registered for this grant type");
  }

  static Stream<Arguments> notRegistered() {
    AuthorizationHeader batch = basic(BATCH, BATCH_SECRET);
    AuthorizationHeader kiosk = basic(KIOSK, KIOSK_SECRET);
    return Stream.of(
        Arguments.of(batch, Forms.code("x")),
        Arguments.of(batch, Forms.refresh("x")),
        Arguments.of(batch, Forms.password("alice", "secret")),
        Arguments.of(batch, Forms.grant("authorization_code")),
        Arguments.of(kiosk, Forms.clientCredentials()),
        Arguments.of(kiosk, Forms.clientCredentials("scope", "\"")),
        Arguments.of(kiosk, Forms.refresh("x")),
        Arguments.of(NO_HEADER, Forms.clientCredentials("client_id", APP)),
        Arguments.of(NO_HEADER, Forms.password("alice", "secret", "client_id", APP)));
  }

  @Test
  void who_is_not_authenticated_learns_nothing_about_grants() {
    assertClientRefused(
        endpoint.handle(basic(BATCH, "guess"), Forms.grant("implicit")), SECRET_MISMATCH);
    assertClientRefused(endpoint.handle(basic(BATCH, "guess"), Form.of()), SECRET_MISMATCH);
    assertClientRefused(
        endpoint.handle(basic(BATCH, "guess"), Forms.clientCredentials("scope", "\"")),
        SECRET_MISMATCH);
  }

  // What stands in front of somebody else's endpoint answers the same.

  @Test
  void guard_passes_what_may_reach_the_endpoint() {
    Outcome<?> passed =
        endpoint.guard().check(TokenRequest.of(basic(SHOP, SHOP_SECRET), Forms.code("whatever")));

    assertThat(passed).isInstanceOf(Outcome.Passed.class);
    assertThat(((Outcome.Passed<?>) passed).value()).hasToString("AuthenticatedClient shop");
  }

  @Test
  @DisplayName("a guard passes what it does not know to who is registered for it, and to no other")
  void guard_and_grant_types_that_it_does_not_know() {
    Endpoint at =
        Endpoint.of(
            TestClients.batch().grantTypes("urn:example:device").build(),
            TestClients.kiosk().build());
    Form device = Forms.grant("urn:example:device", "scope", "orders.read");

    assertThat(at.guard().check(TokenRequest.of(basic(BATCH, BATCH_SECRET), device)))
        .isInstanceOf(Outcome.Passed.class);
    assertRefused(
        at.guard().check(TokenRequest.of(basic(KIOSK, KIOSK_SECRET), device)),
        GRANT_TYPE_UNSUPPORTED,
        "unsupported_grant_type",
        "TOK5001: the grant type is not supported");
    assertRefused(
        at.guard()
            .check(
                TokenRequest.of(
                    basic(BATCH, BATCH_SECRET),
                    Forms.grant("urn:example:device", "scope", "a  b"))),
        StandardReason.SCOPE_MALFORMED,
        "invalid_scope",
        "TOK6001: the scope is not a list of words with one space between them: scope");
    // The endpoint itself has to know what it is to do.
    assertRefused(
        at.handle(basic(BATCH, BATCH_SECRET), device),
        GRANT_TYPE_UNSUPPORTED,
        "unsupported_grant_type",
        "TOK5001: the grant type is not supported");
  }

  @Test
  void guard_refuses_what_needs_no_store_to_refuse() {
    assertRefused(
        endpoint.guard().check(TokenRequest.of(basic(SHOP, "guess"), Forms.code("x"))),
        SECRET_MISMATCH,
        "invalid_client",
        "TOK2000: the client could not be authenticated");
    assertRefused(
        endpoint.guard().check(TokenRequest.of(basic(SHOP, SHOP_SECRET), Form.of())),
        StandardReason.GRANT_TYPE_MISSING,
        "invalid_request",
        "TOK1034: grant_type is missing");
    assertRefused(
        endpoint.guard().check(TokenRequest.of(basic(BATCH, BATCH_SECRET), Forms.code("whatever"))),
        GRANT_TYPE_NOT_REGISTERED,
        "unauthorized_client",
        "TOK4001: the client is not registered for this grant type");
    assertRefused(
        endpoint
            .guard()
            .check(
                TokenRequest.of(
                    basic(BATCH, BATCH_SECRET), Forms.clientCredentials("scope", "a  b"))),
        StandardReason.SCOPE_MALFORMED,
        "invalid_scope",
        "TOK6001: the scope is not a list of words with one space between them: scope");
    assertRefused(
        endpoint
            .guard()
            .check(
                TokenRequest.of(
                    basic(BATCH, BATCH_SECRET),
                    Forms.clientCredentials("scope", "a", "scope", ""))),
        StandardReason.PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: scope");
  }
}
