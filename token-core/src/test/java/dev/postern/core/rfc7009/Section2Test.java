package dev.postern.core.rfc7009;

import static dev.postern.core.testing.Answers.CLIENT_REFUSED;
import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.APP;
import static dev.postern.core.testing.TestClients.APP_URI;
import static dev.postern.core.testing.TestClients.RIVAL;
import static dev.postern.core.testing.TestClients.RIVAL_SECRET;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.RevocationEndpoint;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenResult;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc({"RFC7009-2", "RFC7009-2.1", "RFC7009-2.2"})
@DisplayName("RFC 7009 s2: token revocation")
class Section2Test {
  private static final AuthorizationHeader AS_SHOP = basic(SHOP, SHOP_SECRET);
  private static final AuthorizationHeader AS_RIVAL = basic(RIVAL, RIVAL_SECRET);

  private final Endpoint endpoint = Endpoint.standard();

  /** Whether that was news. */
  private boolean revoke(AuthorizationHeader as, String client, String... form) {
    RevocationEndpoint.Done done =
        endpoint
            .revoke(as, Form.of(form))
            .fold(
                passed -> passed,
                refusal -> {
                  throw new AssertionError(refusal.toString());
                });
    assertThat(done.client().id()).isEqualTo(client);
    return done.isNews();
  }

  private boolean isAlive(String accessToken) {
    return endpoint.server().find(accessToken).isPresent();
  }

  private TokenResult tokens() {
    return Codes.redeem(endpoint, endpoint.code(Codes.ofShop()));
  }

  @Test
  @DisplayName("s2.1: an access token alone: its refresh token lives on")
  void access_token() {
    TokenResult tokens = tokens();

    revoke(AS_SHOP, SHOP, "token", accessToken(tokens));

    assertThat(isAlive(accessToken(tokens))).isFalse();
    assertThat(isAlive(accessToken(Codes.refresh(endpoint, refreshToken(tokens))))).isTrue();
  }

  @Test
  @DisplayName(
      "s2.1: the authorization server SHOULD also invalidate all access tokens based on the same"
          + " authorization grant")
  void refresh_token() {
    TokenResult first = tokens();
    TokenResult second = Codes.refresh(endpoint, refreshToken(first));
    TokenResult other = tokens();

    revoke(AS_SHOP, SHOP, "token", refreshToken(second));

    assertThat(isAlive(accessToken(first))).isFalse();
    assertThat(isAlive(accessToken(second))).isFalse();
    assertGrantRefused(
        Codes.refresh(endpoint, refreshToken(second)), StandardReason.REFRESH_TOKEN_REVOKED);
    assertThat(isAlive(accessToken(other))).isTrue();
    assertThat(isAlive(accessToken(Codes.refresh(endpoint, refreshToken(other))))).isTrue();
  }

  @Test
  @DisplayName("a refresh token that was rotated still names its family")
  void rotated_refresh_token() {
    TokenResult first = tokens();
    TokenResult second = Codes.refresh(endpoint, refreshToken(first));

    revoke(AS_SHOP, SHOP, "token", refreshToken(first));

    assertThat(isAlive(accessToken(second))).isFalse();
    assertGrantRefused(
        Codes.refresh(endpoint, refreshToken(second)), StandardReason.REFRESH_TOKEN_REVOKED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "saml", "ü"})
  @DisplayName("s2.1: it MUST extend its search across all of its supported token types")
  void hint(String hint) {
    TokenResult tokens = tokens();

    revoke(AS_SHOP, SHOP, "token", accessToken(tokens), "token_type_hint", hint);
    assertThat(isAlive(accessToken(tokens))).isFalse();

    revoke(AS_SHOP, SHOP, "token", refreshToken(tokens), "token_type_hint", hint);
    assertGrantRefused(
        Codes.refresh(endpoint, refreshToken(tokens)), StandardReason.REFRESH_TOKEN_REVOKED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü\n", "a b", "0123456789012345678901234567890123456789012"})
  @DisplayName("s2.2: invalid tokens do not cause an error response")
  void unknown(String token) {
    assertThat(revoke(AS_SHOP, SHOP, "token", token)).isFalse();
  }

  @Test
  void what_is_dead_already_is_no_error() {
    TokenResult tokens = tokens();
    for (boolean isNews : new boolean[] {true, false}) {
      assertThat(revoke(AS_SHOP, SHOP, "token", accessToken(tokens))).isEqualTo(isNews);
      assertThat(revoke(AS_SHOP, SHOP, "token", refreshToken(tokens))).isEqualTo(isNews);
    }
    String old = refreshToken(tokens());
    endpoint.clock().advance(Duration.ofDays(31));

    revoke(AS_SHOP, SHOP, "token", old);
  }

  @Test
  void public_client() {
    TokenResult tokens =
        endpoint.handle(
            NO_HEADER,
            Forms.code(
                endpoint.code(Codes.ofApp()),
                "client_id",
                APP,
                "redirect_uri",
                APP_URI,
                "code_verifier",
                Codes.VERIFIER));

    revoke(NO_HEADER, APP, "client_id", APP, "token", refreshToken(tokens));

    assertThat(isAlive(accessToken(tokens))).isFalse();
  }

  @Test
  @DisplayName(
      "s2.1: verifies whether the token was issued to the client making the revocation request. If"
          + " this validation fails, the request is refused")
  void of_another_client() {
    TokenResult tokens = tokens();
    for (String token : new String[] {accessToken(tokens), refreshToken(tokens)}) {
      for (Outcome<?> outcome :
          new Outcome<?>[] {
            endpoint.revoke(AS_RIVAL, Form.of("token", token)),
            endpoint.revoke(NO_HEADER, Form.of("client_id", APP, "token", token))
          }) {
        Refusal refusal =
            assertRefused(
                outcome,
                StandardReason.TOKEN_OF_OTHER_CLIENT,
                "invalid_grant",
                "TOK8020: the token was issued to another client");
        assertThat(refusal.detail()).isEqualTo("issued to shop");
      }
    }

    assertThat(isAlive(accessToken(tokens))).isTrue();
    assertThat(isAlive(accessToken(Codes.refresh(endpoint, refreshToken(tokens))))).isTrue();
  }

  @Test
  void a_code_is_no_token() {
    String code = endpoint.code(Codes.ofShop());

    revoke(AS_SHOP, SHOP, "token", code);

    assertThat(isAlive(accessToken(Codes.redeem(endpoint, code)))).isTrue();
  }

  @Test
  @DisplayName("s2.1: token REQUIRED.")
  void no_token() {
    assertRefused(
        endpoint.revoke(AS_SHOP, Form.of("token", "")),
        StandardReason.PARAMETER_MISSING,
        "invalid_request",
        "TOK1002: a required parameter is missing: token");
  }

  @Test
  @DisplayName("s2.1: The authorization server first validates the client credentials")
  void not_authenticated() {
    TokenResult tokens = tokens();

    assertRefused(
        endpoint.revoke(basic(SHOP, "guess"), Form.of("token", accessToken(tokens))),
        StandardReason.SECRET_MISMATCH,
        "invalid_client",
        CLIENT_REFUSED);
    assertRefused(
        endpoint.revoke(NO_HEADER, Form.of("client_id", SHOP, "token", accessToken(tokens))),
        StandardReason.CREDENTIALS_REQUIRED,
        "invalid_client",
        CLIENT_REFUSED);
    assertThat(isAlive(accessToken(tokens))).isTrue();
  }
}
