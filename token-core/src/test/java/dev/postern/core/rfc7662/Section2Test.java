package dev.postern.core.rfc7662;

import static dev.postern.core.testing.Answers.CLIENT_REFUSED;
import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.API;
import static dev.postern.core.testing.TestClients.API_SECRET;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.ActiveToken;
import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ClientSecret;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.Scope;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenResult;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc({"RFC7662-2.1", "RFC7662-2.2"})
@DisplayName("RFC 7662 s2: introspection endpoint")
class Section2Test {
  private static final AuthorizationHeader AS_API = basic(API, API_SECRET);
  private static final Scope ALL = Scope.of("profile orders.read orders.write");

  private final Endpoint endpoint = Endpoint.standard();

  private Outcome<Optional<ActiveToken>> ask(String... form) {
    return endpoint.introspect(AS_API, Form.of(form));
  }

  private Optional<ActiveToken> introspected(String... form) {
    return ask(form)
        .fold(
            found -> found,
            refusal -> {
              throw new AssertionError(refusal.toString());
            });
  }

  private TokenResult tokens() {
    return Codes.redeem(endpoint, endpoint.code(Codes.ofShop()));
  }

  private String batchToken() {
    return accessToken(endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials()));
  }

  @Test
  @DisplayName("s2.2: an access token of any client")
  void access_token() {
    String token = accessToken(tokens());
    endpoint.clock().advance(Duration.ofSeconds(10));

    assertThat(introspected("token", token))
        .contains(new ActiveToken("shop", "alice", ALL, false, Duration.ofSeconds(590)));
    assertThat(introspected("token", batchToken()).map(ActiveToken::subject)).contains(BATCH);
  }

  @Test
  @DisplayName("s2.2: a refresh token is told from an access token")
  void refresh_token() {
    String token = refreshToken(tokens());
    endpoint.clock().advance(Duration.ofDays(1));

    assertThat(introspected("token", token))
        .contains(new ActiveToken("shop", "alice", ALL, true, Duration.ofDays(29)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "id_token", "urn:x", "ü\n", " "})
  @DisplayName(
      "s2.1: If the server is unable to locate the token using the given hint, it MUST extend its"
          + " search across all of its supported token types.")
  void hint(String hint) {
    TokenResult tokens = tokens();

    assertThat(introspected("token", accessToken(tokens), "token_type_hint", hint))
        .map(ActiveToken::isRefreshToken)
        .contains(false);
    assertThat(introspected("token", refreshToken(tokens), "token_type_hint", hint))
        .map(ActiveToken::isRefreshToken)
        .contains(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "a b", "\t", "\u0001", "a.b.c", "\uD800"})
  @DisplayName(
      "s2.2: If ... the token is not active, does not exist on this server, ... then the"
          + " authorization server MUST return an introspection response with the \"active\" field"
          + " set to \"false\".")
  void unknown(String token) {
    assertThat(introspected("token", token)).isEmpty();
    assertThat(introspected("token", token.repeat(43))).isEmpty();
    assertThat(introspected("token", token.repeat(65).substring(0, 65))).isEmpty();
  }

  @Test
  void a_token_longer_than_any_of_ours_is_unknown() {
    assertThat(introspected("token", "x".repeat(16_000))).isEmpty();
    assertRefused(
        ask("token", "x".repeat(16_001)),
        StandardReason.PARAMETER_TOO_LONG,
        "invalid_request",
        "TOK1004: a parameter is too long: token");
  }

  @Test
  void expired() {
    TokenResult tokens = tokens();
    endpoint.clock().advance(Duration.ofMinutes(10));
    assertThat(introspected("token", accessToken(tokens))).isEmpty();
    endpoint.clock().advance(Duration.ofDays(30));

    assertThat(introspected("token", refreshToken(tokens))).isEmpty();
  }

  @Test
  void revoked() {
    TokenResult tokens = tokens();
    endpoint.server().revokeToken(refreshToken(tokens));

    assertThat(introspected("token", accessToken(tokens))).isEmpty();
    assertThat(introspected("token", refreshToken(tokens))).isEmpty();
  }

  @Test
  @DisplayName("a refresh token that was rotated is not active, and asking changes nothing")
  void rotated() {
    String first = refreshToken(tokens());
    TokenResult next = Codes.refresh(endpoint, first);

    assertThat(introspected("token", first)).isEmpty();
    assertThat(introspected("token", refreshToken(next))).isPresent();
    assertThat(refreshToken(Codes.refresh(endpoint, first))).isEqualTo(refreshToken(next));
  }

  @Test
  void a_code_is_no_token() {
    String code = endpoint.code(Codes.ofShop());

    assertThat(introspected("token", code)).isEmpty();
    assertThat(refreshToken(Codes.redeem(endpoint, code))).isNotEmpty();
  }

  @Test
  @DisplayName("s2.1: token REQUIRED.")
  void no_token() {
    for (String[] form : new String[][] {{}, {"token", ""}, {"token_type_hint", "access_token"}}) {
      assertRefused(
          ask(form),
          StandardReason.PARAMETER_MISSING,
          "invalid_request",
          "TOK1002: a required parameter is missing: token");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "token_type_hint"})
  void repeated(String name) {
    assertRefused(
        ask("token", "x", "token_type_hint", "y", name, "z"),
        StandardReason.PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: " + name);
  }

  @Test
  void parameters_of_other_endpoints_are_unknown_here() {
    assertThat(introspected("token", "x", "grant_type", "a", "grant_type", "b", "scope", "ü"))
        .isEmpty();
  }

  @Test
  @Rfc("RFC7662-4")
  @DisplayName(
      "s2.1: the endpoint MUST also require some form of authorization to access this endpoint")
  void not_registered() {
    String token = batchToken();
    String told = "TOK8010: the client is not registered to introspect tokens";

    assertRefused(
        endpoint.introspect(basic(BATCH, BATCH_SECRET), Form.of("token", token)),
        StandardReason.INTROSPECTION_NOT_REGISTERED,
        "unauthorized_client",
        told);
    assertRefused(
        endpoint.introspect(NO_HEADER, Form.of("client_id", TestClients.APP, "token", token)),
        StandardReason.INTROSPECTION_NOT_REGISTERED,
        "unauthorized_client",
        told);
  }

  @Test
  @Rfc("RFC7662-2.3")
  void not_authenticated() {
    String token = batchToken();

    assertRefused(
        endpoint.introspect(basic(API, "guess"), Form.of("token", token)),
        StandardReason.SECRET_MISMATCH,
        "invalid_client",
        CLIENT_REFUSED);
    assertRefused(
        endpoint.introspect(NO_HEADER, Form.of("client_id", API, "token", token)),
        StandardReason.CREDENTIALS_REQUIRED,
        "invalid_client",
        CLIENT_REFUSED);
    assertRefused(
        endpoint.introspect(NO_HEADER, Form.of("token", token)),
        StandardReason.CREDENTIALS_MISSING,
        "invalid_client",
        "TOK2003: there are no client credentials");
  }

  @Test
  @DisplayName("who guesses the secret here waits like who guesses it at the token endpoint")
  void brute_force() {
    Endpoint limited = Endpoint.builder().failureLimit(2).build();
    for (int i = 0; i < 2; i++) {
      limited.introspect(basic(API, "guess"), Form.of("token", "x"));
    }

    assertRefused(
        limited.introspect(basic(API, "guess"), Form.of("token", "x")),
        StandardReason.TOO_MANY_FAILURES,
        "temporarily_unavailable",
        "TOK9010: too many failed attempts; wait as long as Retry-After says");
  }

  /** Clients that change while the endpoint runs, as a file that is read anew does. */
  private static final class ChangingClients implements ClientRegistry {
    private Collection<Client> all = TestClients.all();

    @Override
    public Optional<Client> find(String clientId) {
      return all.stream().filter(client -> client.id().equals(clientId)).findFirst();
    }

    @Override
    public List<ClientSecret> decoysFor(String clientId) {
      return List.of();
    }

    void replace(String clientId, Client... by) {
      all =
          Stream.concat(Stream.of(by), all.stream().filter(client -> !client.id().equals(clientId)))
              .toList();
    }
  }

  private static Client batch(boolean isDisabled) {
    return Client.withId(BATCH)
        .authenticationMethod("none")
        .grantTypes("refresh_token")
        .disabled(isDisabled)
        .build();
  }

  @Test
  @Rfc("RFC7662-4")
  @DisplayName("s4: all applicable checks; a client that is switched off or gone has no tokens")
  void a_client_that_is_switched_off() {
    ChangingClients clients = new ChangingClients();
    Endpoint changing = Endpoint.builder().registry(clients).build();
    String token =
        accessToken(changing.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials()));

    assertThat(isActive(changing, token)).isTrue();
    clients.replace(BATCH, batch(true));
    assertThat(isActive(changing, token)).isFalse();
    clients.replace(BATCH);
    assertThat(isActive(changing, token)).isFalse();
    clients.replace(BATCH, batch(false));
    assertThat(isActive(changing, token)).isTrue();
  }

  /** By introspection and by the host API, which have to agree. */
  private static boolean isActive(Endpoint endpoint, String token) {
    boolean isActive =
        endpoint
            .introspect(AS_API, Form.of("token", token))
            .fold(Optional::isPresent, refusal -> false);
    assertThat(endpoint.server().find(token).isPresent()).isEqualTo(isActive);
    return isActive;
  }
}
