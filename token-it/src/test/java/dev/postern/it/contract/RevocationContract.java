package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CREDENTIALS_MISSING;
import static dev.postern.core.StandardReason.CREDENTIALS_REQUIRED;
import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.METHOD_NOT_ALLOWED;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static dev.postern.core.StandardReason.PARAMETER_MISSING;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REVOKED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.TOKEN_OF_OTHER_CLIENT;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.AnyServer;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A client gives its own tokens back, and nobody else's")
@Rfc({"RFC7009-2", "RFC7009-2.1", "RFC7009-2.2"})
@Slice
abstract class RevocationContract extends Contract {
  private static final String ORIGIN = "https://app.example";

  RevocationContract(Running running) {
    super(running);
  }

  private static void assertDone(Answer answer) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void an_access_token_alone() {
    JsonObject tokens = shopTokens();

    assertDone(revoke(access(tokens), AS_SHOP));

    assertThat(shop().isAlive(access(tokens))).isFalse();
    assertThat(shop().isAlive(access(assertIssued(refreshShop(refresh(tokens), ""))))).isTrue();
  }

  @Test
  void a_refresh_token_with_all_that_came_of_it() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), ""));
    JsonObject other = shopTokens();

    assertDone(revoke(refresh(second), AS_SHOP));

    assertThat(shop().isAlive(access(first))).isFalse();
    assertThat(shop().isAlive(access(second))).isFalse();
    assertRefused(refreshShop(refresh(second), ""), 400, GRANT_REFUSED, REFRESH_TOKEN_REVOKED);
    assertRefused(refreshShop(refresh(first), ""), 400, GRANT_REFUSED, REFRESH_TOKEN_REVOKED);
    assertThat(shop().isAlive(access(other))).isTrue();
  }

  @Test
  void a_refresh_token_that_was_rotated_ends_the_family_too() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), ""));

    assertDone(revoke(refresh(first), AS_SHOP));

    assertThat(shop().isAlive(access(second))).isFalse();
    assertRefused(refreshShop(refresh(second), ""), 400, GRANT_REFUSED, REFRESH_TOKEN_REVOKED);
  }

  @Test
  void a_public_client_only_says_who_it_is() {
    String code = shop().code(TestClients.APP, S256);
    JsonObject tokens =
        assertIssued(
            shop()
                .token(
                    "grant_type=authorization_code&client_id=app&code="
                        + code
                        + "&code_verifier="
                        + VERIFIER));

    assertDone(shop().post(REVOKE, "client_id=app&token=" + refresh(tokens)));

    assertThat(shop().isAlive(access(tokens))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00FC", "0123456789012345678901234567890123456789012", "<p>"})
  @DisplayName("s2.2: invalid tokens do not cause an error response")
  void what_nobody_knows_is_revoked_already(String token) {
    assertDone(revoke(token, AS_SHOP));
    assertDone(
        shop().post(REVOKE, "token_type_hint=no-such&token=" + Endpoint.encode(token), AS_SHOP));
  }

  @Test
  void twice_is_no_error() {
    JsonObject tokens = shopTokens();
    for (String token : new String[] {access(tokens), refresh(tokens)}) {
      assertDone(revoke(token, AS_SHOP));
      assertDone(revoke(token, AS_SHOP));
    }
  }

  @Test
  void a_token_of_another_client_stays() {
    JsonObject tokens = shopTokens();
    for (String token : new String[] {access(tokens), refresh(tokens)}) {
      assertRefused(revoke(token, AS_OTHER), 400, TOKEN_OF_OTHER_CLIENT);
      Answer told = shop().post(REVOKE, "client_id=app&token=" + token);
      assertRefused(told, 400, TOKEN_OF_OTHER_CLIENT);
      assertThat(told.text()).doesNotContain("issued to shop", "\"shop\"");
      assertThat(shop().logLine(told)).contains("detail=\"issued to shop\"");
    }

    assertThat(shop().isAlive(access(tokens))).isTrue();
    assertIssued(refreshShop(refresh(tokens), ""));
  }

  @Test
  void who_does_not_authenticate_revokes_nothing() {
    String token = access(shopTokens());

    assertRefused(
        revoke(token, basic(TestClients.SHOP, "zqx-guess-0123")),
        401,
        CLIENT_REFUSED,
        SECRET_MISMATCH);
    assertRefused(revoke(token), 400, CREDENTIALS_MISSING);
    assertRefused(
        shop().post(REVOKE, "client_id=shop&token=" + token),
        400,
        CLIENT_REFUSED,
        CREDENTIALS_REQUIRED);
    assertThat(shop().isAlive(token)).isTrue();
  }

  @Test
  void the_request_is_read_as_strictly_as_a_token_request() {
    assertRefused(shop().post(REVOKE, "token=", AS_SHOP), 400, PARAMETER_MISSING);
    assertRefused(
        shop().post(REVOKE + "?token=zqx-query-0123", "token=a", AS_SHOP), 400, PARAMETER_IN_QUERY);
    assertRefused(shop().send("GET", REVOKE, AS_SHOP), 405, METHOD_NOT_ALLOWED);
  }

  @Test
  @AnyServer("the headers for browsers are ours")
  @DisplayName("s2.3: the revocation endpoint MAY support CORS")
  @Rfc("RFC7009-2.3")
  void browsers_revoke_too() {
    Endpoint browser =
        endpoint(
            "revoking-browser",
            () -> TestApp.with(TestClients.all()).parameter("allowedOrigins", ORIGIN));
    Answer preflight =
        browser.send("OPTIONS", REVOKE, "Origin: " + ORIGIN, "Access-Control-Request-Method: POST");
    Answer done = browser.post(REVOKE, "client_id=app&token=x", "Origin: " + ORIGIN);

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    assertDone(done);
    assertThat(done.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
  }
}
