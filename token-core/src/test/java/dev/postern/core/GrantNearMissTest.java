package dev.postern.core;

import static dev.postern.core.StandardReason.CODE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISMATCH;
import static dev.postern.core.StandardReason.REDIRECT_URI_NOT_REGISTERED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REUSED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REUSED_ELSEWHERE;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REVOKED;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Issue 4: near misses of codes, refresh tokens and redirect URIs")
@Rfc("RFC6749-5.2")
class GrantNearMissTest {
  private static final AuthorizationHeader AS_SHOP = Forms.basic(SHOP, TestClients.SHOP_SECRET);
  private static final AuthorizationHeader AS_RIVAL =
      Forms.basic(TestClients.RIVAL, TestClients.RIVAL_SECRET);

  private final Endpoint endpoint = Endpoint.standard();

  private String first() {
    return refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop())));
  }

  private TokenResult refreshFrom(String source, String token) {
    return endpoint.handle(
        new TokenRequest(AS_SHOP, Forms.refresh(token), source, ResourceOwners.none()));
  }

  @Test
  void the_client_that_a_code_or_a_refresh_token_was_issued_to_is_named() {
    String code = endpoint.code(Codes.ofShop());

    assertThat(
            assertGrantRefused(
                    endpoint.handle(AS_RIVAL, Forms.code(code, "redirect_uri", SHOP_URI)),
                    CODE_OF_OTHER_CLIENT)
                .refusal()
                .detail())
        .isEqualTo("issued to shop");
    assertThat(
            assertGrantRefused(
                    endpoint.handle(AS_RIVAL, Forms.refresh(first())),
                    REFRESH_TOKEN_OF_OTHER_CLIENT)
                .refusal()
                .detail())
        .isEqualTo("issued to shop");
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/callback/, differs only in a slash at the end",
    "http://shop.example/callback, differs only in the scheme",
    "https://rival.example/callback, ''"
  })
  void what_a_redirect_uri_differs_in_is_told(String uri, String detail) {
    String code = endpoint.code(Codes.ofShop());

    assertThat(
            assertGrantRefused(
                    endpoint.handle(AS_SHOP, Forms.code(code, "redirect_uri", uri)),
                    REDIRECT_URI_MISMATCH)
                .refusal()
                .detail())
        .isEqualTo(detail);
    assertThat(
            assertRefused(
                    endpoint.server().issueCode(CodeRequest.of(SHOP, "alice").redirectUri(uri)),
                    REDIRECT_URI_NOT_REGISTERED,
                    "invalid_request",
                    "TOK1050: the redirect URI is not registered for the client: redirect_uri")
                .detail())
        .isEqualTo(detail);
  }

  @Test
  @DisplayName("a refresh token that was used before from another address has a number of its own")
  void reuse_from_another_address() {
    String old = first();
    String next = refreshToken(refreshFrom("192.0.2.7", old));
    endpoint.clock().advance(Duration.ofSeconds(90));

    assertThat(
            assertGrantRefused(refreshFrom("192.0.2.70", old), REFRESH_TOKEN_REUSED_ELSEWHERE)
                .refusal()
                .detail())
        .isEqualTo("90 s ago, from 192.0.2.7");
    // The family is as dead as after any reuse.
    assertGrantRefused(refreshFrom("192.0.2.7", next), REFRESH_TOKEN_REVOKED);
  }

  @Test
  void within_the_same_instant_only_the_address_is_told() {
    String old = first();
    String next = refreshToken(refreshFrom("192.0.2.7", old));
    assertIssued(refreshFrom("192.0.2.8", next));

    // The last refresh is what counts.
    assertThat(
            assertGrantRefused(refreshFrom("192.0.2.7", old), REFRESH_TOKEN_REUSED_ELSEWHERE)
                .refusal()
                .detail())
        .isEqualTo("from 192.0.2.8");
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.7, 192.0.2.7", "'', 192.0.2.7", "192.0.2.7, ''", "'', ''"})
  void the_same_address_and_one_that_is_not_known_are_no_other(String before, String now) {
    String old = first();
    refreshFrom(before, old);
    endpoint.clock().advance(Duration.ofSeconds(90));

    assertThat(assertGrantRefused(refreshFrom(now, old), REFRESH_TOKEN_REUSED).refusal().detail())
        .isEqualTo("90 s ago");
  }

  @Test
  void an_address_too_long_to_be_kept_is_still_the_same() {
    String old = first();
    refreshFrom("x".repeat(100), old);
    endpoint.clock().advance(Duration.ofSeconds(90));

    assertGrantRefused(refreshFrom("x".repeat(100), old), REFRESH_TOKEN_REUSED);
  }

  @Test
  void a_retry_from_another_address_gets_the_same_answer() {
    String old = first();
    TokenResult lost = refreshFrom("192.0.2.7", old);

    assertThat(refreshToken(refreshFrom("192.0.2.8", old))).isEqualTo(refreshToken(lost));
  }

  @Test
  void a_scope_that_the_client_has_but_the_user_did_not_grant() {
    String token =
        refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop().scope("profile"))));

    assertThat(
            assertRefused(
                    Codes.refresh(endpoint, token, "scope", "orders.read"),
                    SCOPE_NOT_ALLOWED,
                    "invalid_scope",
                    "TOK6002: the scope exceeds what is allowed: scope")
                .refusal()
                .detail())
        .isEqualTo("the client has it, but it was not granted");
  }

  @ParameterizedTest
  @CsvSource({
    "Client_Credentials, is it client_credentials?",
    "client-credentials, is it client_credentials?",
    "clientCredential, is it client_credentials?",
    "authorisation_code, is it authorization_code?",
    "PASSWORD, is it password?",
    "' refresh_token', is it refresh_token?",
    "code, ''",
    "kX7-a-secret, ''"
  })
  void a_grant_type_in_another_spelling(String sent, String detail) {
    assertThat(
            assertRefused(
                    endpoint.handle(AS_SHOP, Form.of("grant_type", sent)),
                    GRANT_TYPE_UNSUPPORTED,
                    "unsupported_grant_type",
                    "TOK5001: the grant type is not supported")
                .refusal()
                .detail())
        .isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "'secret\n', a line break at the end",
    "'secret\r\n', a line break at the end",
    "'\nsecret', a line break at the beginning",
    "'sec\nret', ''"
  })
  void a_line_break_that_came_along_with_a_value(String secret, String detail) {
    TokenResult refused =
        endpoint.handle(
            NO_HEADER, Forms.clientCredentials("client_id", "poster", "client_secret", secret));

    assertThat(
            assertRefused(
                    refused,
                    PARAMETER_MALFORMED,
                    "invalid_request",
                    "TOK1005: a parameter holds characters that it may not hold, or too few or too"
                        + " many: client_secret")
                .refusal()
                .detail())
        .isEqualTo(detail);
  }
}
