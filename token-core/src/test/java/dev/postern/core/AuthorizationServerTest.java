package dev.postern.core;

import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Answers.scope;
import static dev.postern.core.testing.Codes.CHALLENGE;
import static dev.postern.core.testing.Codes.VERIFIER;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.APP;
import static dev.postern.core.testing.TestClients.APP_URI;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static dev.postern.core.testing.TestClients.KIOSK;
import static dev.postern.core.testing.TestClients.KIOSK_SECRET;
import static dev.postern.core.testing.TestClients.RIVAL;
import static dev.postern.core.testing.TestClients.RIVAL_SECRET;
import static dev.postern.core.testing.TestClients.RIVAL_URI;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_URI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postern.core.memory.MemoryConsents;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what the application itself may ask for")
class AuthorizationServerTest {
  private final Endpoint endpoint = Endpoint.standard();
  private final AuthorizationServer server = endpoint.server();

  private TokenResult redeemed() {
    return Codes.redeem(endpoint, endpoint.code(Codes.ofShop()));
  }

  private static TokenResult ofRival(Endpoint at, String subject) {
    String code = at.code(CodeRequest.of(RIVAL, subject));
    return at.handle(basic(RIVAL, RIVAL_SECRET), Forms.code(code));
  }

  private boolean isAlive(TokenResult issued) {
    return server.find(accessToken(issued)).isPresent();
  }

  // Codes

  @Test
  void a_code_is_256_bits_of_chance() {
    assertThat(endpoint.code(Codes.ofShop()))
        .matches("[A-Za-z0-9_-]{43}")
        .isNotEqualTo(endpoint.code(Codes.ofShop()));
  }

  @Test
  void no_code_for_a_client_that_nobody_knows() {
    assertRefused(
        server.issueCode(CodeRequest.of("nobody", "alice").redirectUri(SHOP_URI)),
        StandardReason.CLIENT_UNKNOWN_HERE,
        "invalid_request",
        "TOK7001: the application is not registered here, or is switched off");
  }

  @Test
  void no_code_for_a_client_that_is_switched_off() {
    Endpoint off = Endpoint.of(TestClients.shop().disabled(true).build());

    assertRefused(
        off.server().issueCode(Codes.ofShop()),
        StandardReason.CLIENT_DISABLED_HERE,
        "invalid_request",
        "TOK7001: the application is not registered here, or is switched off");
  }

  @Test
  void no_code_for_a_client_that_may_not_redeem_it() {
    assertRefused(
        server.issueCode(CodeRequest.of(BATCH, "alice")),
        StandardReason.GRANT_TYPE_NOT_REGISTERED,
        "unauthorized_client",
        "TOK4001: the client is not registered for this grant type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "https://shop.example/callback/",
        "https://shop.example/callback?x",
        "https://SHOP.example/callback",
        "https://rival.example/callback",
        " "
      })
  @Rfc({"RFC6749-3.1.2.3", "RFC9700-2.1", "RFC9700-4.1.3"})
  @DisplayName("s3.1.2.3: the redirect URI is compared with the registered ones")
  void no_code_for_another_redirect_uri(String uri) {
    assertRefused(
        server.issueCode(CodeRequest.of(SHOP, "alice").redirectUri(uri)),
        StandardReason.REDIRECT_URI_NOT_REGISTERED,
        "invalid_request",
        "TOK1050: the redirect URI is not registered for the client: redirect_uri");
  }

  @Test
  @Rfc("RFC6749-3.1.2.3")
  @DisplayName(
      "s3.1.2.3: If multiple redirection URIs have been registered ... the client MUST include a"
          + " redirection URI")
  void redirect_uri_left_out() {
    String description =
        "TOK7002: redirect_uri is missing, and the client has not exactly one: redirect_uri";

    assertRefused(
        server.issueCode(CodeRequest.of(SHOP, "alice")),
        StandardReason.REDIRECT_URI_LEFT_OUT,
        "invalid_request",
        description);
    assertRefused(
        server.issueCode(CodeRequest.of(SHOP, "alice").redirectUri("")),
        StandardReason.REDIRECT_URI_LEFT_OUT,
        "invalid_request",
        description);
    assertIssued(ofRival(endpoint, "alice"));
  }

  @Test
  @Rfc("RFC6749-3.1")
  @DisplayName("s3.1: Parameters sent without a value MUST be treated as if they were omitted")
  void parameters_without_value() {
    String code =
        endpoint.code(
            CodeRequest.of(KIOSK, "alice").redirectUri("").scope("").codeChallenge("", ""));

    assertThat(scope(endpoint.handle(basic(KIOSK, KIOSK_SECRET), Forms.code(code))))
        .isEqualTo("profile");
  }

  @Test
  void every_registered_redirect_uri_will_do() {
    String other = "https://shop.example/other";
    String code = endpoint.code(CodeRequest.of(SHOP, "alice").redirectUri(other));

    assertIssued(
        endpoint.handle(
            basic(SHOP, TestClients.SHOP_SECRET), Forms.code(code, "redirect_uri", other)));
  }

  @Test
  void the_scope_that_the_user_consented_to() {
    assertThat(
            scope(
                Codes.redeem(endpoint, endpoint.code(Codes.ofShop().scope("orders.read profile")))))
        .isEqualTo("orders.read profile");
    assertThat(scope(redeemed())).isEqualTo("profile orders.read orders.write");
  }

  @Test
  void no_code_for_more_scope_than_the_client_has() {
    assertRefused(
        server.issueCode(Codes.ofShop().scope("profile admin")),
        StandardReason.SCOPE_NOT_ALLOWED,
        "invalid_scope",
        "TOK6002: the scope exceeds what is allowed: scope");
    assertRefused(
        server.issueCode(Codes.ofShop().scope("profile  orders.read")),
        StandardReason.SCOPE_MALFORMED,
        "invalid_scope",
        "TOK6001: the scope is not a list of words with one space between them: scope");
  }

  @Test
  void ignored_scopes_are_ignored_here_too() {
    Endpoint lenient =
        Endpoint.of(TestClients.shop().ignoredScope(Scope.of("openid profile")).build());

    assertThat(
            scope(
                Codes.redeem(
                    lenient, lenient.code(Codes.ofShop().scope("openid profile orders.read")))))
        .isEqualTo("profile orders.read");
    // None is left, so none was named: all that the client has, and the answer says so.
    assertThat(scope(Codes.redeem(lenient, lenient.code(Codes.ofShop().scope("openid")))))
        .isEqualTo(TestClients.shop().build().scope().toString());
    assertRefused(
        lenient.server().issueCode(Codes.ofShop().scope("openid admin")),
        StandardReason.SCOPE_NOT_ALLOWED,
        "invalid_scope",
        "TOK6002: the scope exceeds what is allowed: scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u0000", "a\u007F"})
  void a_subject_is_text(String subject) {
    assertThatIllegalArgumentException().isThrownBy(() -> CodeRequest.of(SHOP, subject));
  }

  @Test
  void a_subject_may_be_of_any_script() {
    String code = endpoint.code(CodeRequest.of(KIOSK, "J\u00FCrgen M\u00FCller"));

    assertThat(
            assertIssued(endpoint.handle(basic(KIOSK, KIOSK_SECRET), Forms.code(code))).subject())
        .isEqualTo("J\u00FCrgen M\u00FCller");
  }

  // PKCE

  @Test
  @Rfc({"RFC9700-2.1.1", "RFC6749-10.1", "RFC7636-4.4.1"})
  @DisplayName("RFC 9700 s2.1.1: Public clients MUST use PKCE")
  void challenge_required_of_public_clients() {
    for (CodeRequest request :
        List.of(
            CodeRequest.of(APP, "alice"),
            CodeRequest.of(APP, "alice").codeChallenge("", ""),
            CodeRequest.of(APP, "alice").codeChallenge("", "S256"))) {
      assertRefused(
          server.issueCode(request),
          StandardReason.CHALLENGE_REQUIRED,
          "invalid_request",
          "TOK1051: a code_challenge is required: code_challenge");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "s256", "S512", "none", "S256 "})
  @Rfc({"RFC7636-4.4.1", "RFC7636-7.2"})
  @DisplayName(
      "RFC 7636 s4.4.1: If the server ... does not support the requested transformation ... with"
          + " \"error\" value set to \"invalid_request\"")
  void challenge_method(String method) {
    assertRefused(
        server.issueCode(Codes.ofApp().codeChallenge(CHALLENGE, method)),
        StandardReason.CHALLENGE_METHOD_UNSUPPORTED,
        "invalid_request",
        "TOK1052: the code_challenge_method is not allowed for the client:"
            + " code_challenge_method");
  }

  @Test
  @Rfc("RFC7636-4.3")
  @DisplayName("RFC 7636 s4.3: defaults to \"plain\" if not present in the request")
  void plain_where_the_registration_says_so() {
    Endpoint plain = Endpoint.of(TestClients.app().plainChallengeAllowed(true).build());

    for (String method : List.of("plain", "")) {
      String code = plain.code(Codes.ofApp().codeChallenge(VERIFIER, method));
      assertIssued(
          plain.handle(
              NO_HEADER,
              Forms.code(
                  code, "client_id", APP, "redirect_uri", APP_URI, "code_verifier", VERIFIER)));
    }
    assertRefused(
        plain.server().issueCode(Codes.ofApp().codeChallenge(VERIFIER, "PLAIN")),
        StandardReason.CHALLENGE_METHOD_UNSUPPORTED,
        "invalid_request",
        "TOK1052: the code_challenge_method is not allowed for the client:"
            + " code_challenge_method");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "S256; x",
        "S256; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
        "S256; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM",
        "S256; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=",
        "S256; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
        "S256; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw.cM",
        "S256; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw~cM",
        "S256; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN",
        "plain; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
        "plain; E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"
      })
  @Rfc("RFC7636-4.2")
  @DisplayName("RFC 7636 s4.2: a challenge that no verifier can meet is refused at once")
  void malformed_challenge(String method, String challenge) {
    Endpoint plain = Endpoint.of(TestClients.app().plainChallengeAllowed(true).build());

    assertThat(
            assertRefused(
                    plain.server().issueCode(Codes.ofApp().codeChallenge(challenge, method)),
                    StandardReason.PARAMETER_MALFORMED,
                    "invalid_request",
                    "TOK1005: a parameter holds characters that it may not hold, or too few or too"
                        + " many: code_challenge")
                .detail())
        .contains("code_challenge has 43")
        .doesNotContain(challenge);
  }

  @Test
  void challenges_are_compared_as_what_they_mean() {
    assertThat(CodeChallenge.plain(VERIFIER))
        .isEqualTo(CodeChallenge.s256(CHALLENGE))
        .hasSameHashCodeAs(CodeChallenge.s256(CHALLENGE))
        .isNotEqualTo(CodeChallenge.plain(CHALLENGE))
        .isNotEqualTo(CHALLENGE);
    assertThat(CodeChallenge.plain(VERIFIER).s256()).isEqualTo(CHALLENGE);
  }

  // Looking up

  @Test
  void find() {
    TokenResult issued = redeemed();

    assertThat(server.find(accessToken(issued)))
        .contains(
            new StoredAccessToken(
                SHOP,
                "alice",
                Scope.of("profile orders.read orders.write"),
                Duration.ofMinutes(10)));
    endpoint.clock().advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(server.find(accessToken(issued)).orElseThrow().expiresIn())
        .isEqualTo(Duration.ofMillis(1));
    endpoint.clock().advance(Duration.ofMillis(1));
    assertThat(server.find(accessToken(issued))).isEmpty();
    assertThat(server.find("nonsense")).isEmpty();
    assertThat(server.find("")).isEmpty();
  }

  // Taking back

  @Test
  void revoke_an_access_token() {
    TokenResult issued = redeemed();
    TokenResult other = redeemed();
    server.revokeToken(accessToken(issued));

    assertThat(isAlive(issued)).isFalse();
    assertThat(isAlive(other)).isTrue();
    assertIssued(Codes.refresh(endpoint, refreshToken(issued)));
  }

  @Test
  void revoke_a_refresh_token() {
    TokenResult issued = redeemed();
    TokenResult refreshed = Codes.refresh(endpoint, refreshToken(issued));
    TokenResult other = redeemed();
    server.revokeToken(refreshToken(refreshed));

    assertThat(isAlive(issued)).isFalse();
    assertThat(isAlive(refreshed)).isFalse();
    assertGrantRefused(
        Codes.refresh(endpoint, refreshToken(refreshed)), StandardReason.REFRESH_TOKEN_REVOKED);
    assertIssued(Codes.refresh(endpoint, refreshToken(other)));
  }

  @Test
  void revoke_a_refresh_token_that_was_replaced() {
    TokenResult issued = redeemed();
    TokenResult refreshed = Codes.refresh(endpoint, refreshToken(issued));
    server.revokeToken(refreshToken(issued));

    assertThat(isAlive(refreshed)).isFalse();
  }

  @Test
  void revoke_a_spent_code() {
    String code = endpoint.code(Codes.ofShop());
    TokenResult issued = Codes.redeem(endpoint, code);
    server.revokeToken(code);

    assertThat(isAlive(issued)).isFalse();
    assertGrantRefused(
        Codes.refresh(endpoint, refreshToken(issued)), StandardReason.REFRESH_TOKEN_REVOKED);
  }

  @Test
  void revoke_what_nobody_knows() {
    TokenResult issued = redeemed();
    server.revokeToken(null);
    server.revokeToken("nonsense");
    server.revokeToken("");
    server.revokeToken("x".repeat(65));
    server.revokeUser("nobody");
    server.revokeClient("nobody");
    server.revokeUser("");
    server.revokeClient("");

    assertThat(isAlive(issued)).isTrue();
    assertIssued(Codes.refresh(endpoint, refreshToken(issued)));
  }

  @Test
  void revoke_all_of_a_user() {
    String unused = endpoint.code(Codes.ofShop());
    TokenResult ofShop = redeemed();
    TokenResult ofRival = ofRival(endpoint, "alice");
    TokenResult ofBob = ofRival(endpoint, "bob");
    server.revokeUser("alice");

    assertThat(isAlive(ofShop)).isFalse();
    assertThat(isAlive(ofRival)).isFalse();
    assertThat(isAlive(ofBob)).isTrue();
    assertGrantRefused(Codes.redeem(endpoint, unused), StandardReason.CODE_REVOKED);
    assertGrantRefused(
        Codes.refresh(endpoint, refreshToken(ofShop)), StandardReason.REFRESH_TOKEN_REVOKED);
    assertIssued(endpoint.handle(basic(RIVAL, RIVAL_SECRET), Forms.refresh(refreshToken(ofBob))));
  }

  @Test
  void revoke_all_of_a_client() {
    String unused = endpoint.code(Codes.ofShop());
    TokenResult ofShop = redeemed();
    TokenResult ofRival = ofRival(endpoint, "alice");
    TokenResult ofBatch = endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials());
    server.revokeClient(SHOP);
    server.revokeClient(BATCH);

    assertThat(isAlive(ofShop)).isFalse();
    assertThat(isAlive(ofBatch)).isFalse();
    assertThat(isAlive(ofRival)).isTrue();
    assertGrantRefused(Codes.redeem(endpoint, unused), StandardReason.CODE_REVOKED);
    assertGrantRefused(
        Codes.refresh(endpoint, refreshToken(ofShop)), StandardReason.REFRESH_TOKEN_REVOKED);
    assertIssued(redeemed());
  }

  @Test
  void no_code_without_a_registry() {
    AuthorizationServer broken =
        new AuthorizationServer(
            new CodeRules(
                new ClientRegistry() {
                  @Override
                  public Optional<Client> find(String clientId) {
                    throw new UnavailableException(StandardReason.CLIENTS_UNAVAILABLE, "down");
                  }

                  @Override
                  public List<ClientSecret> decoysFor(String clientId) {
                    return List.of();
                  }
                },
                false),
            endpoint.store(),
            new MemoryConsents(1),
            new RandomTokens(new SecureRandom()),
            Lifetimes.STANDARD,
            Optional.empty());

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> broken.issueCode(CodeRequest.of(RIVAL, "alice").redirectUri(RIVAL_URI)));
  }
}
