package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CODE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.MEDIA_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISMATCH;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REUSED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REUSED_ELSEWHERE;
import static dev.postern.core.StandardReason.SCOPE_IN_OTHER_CASE;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.StandardReason.SCOPE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.VERIFIER_IS_CHALLENGE;
import static dev.postern.it.contract.Endpoint.encode;
import static dev.postern.it.contract.TestClients.SHOP;
import static dev.postern.it.contract.TestClients.SHOP_URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName(
    "Near misses of grants: the answer stays the public one, while log and trace say the cause")
@Rfc("RFC6749-5.2")
abstract class GrantNearMissContract extends NearMissSupport {
  GrantNearMissContract(Running running) {
    super(running);
  }

  @Test
  void a_code_and_a_refresh_token_of_another_client() {
    String code = near().code(SHOP, "");
    Answer plain = near().token("grant_type=authorization_code&code=" + "x".repeat(43), AS_OTHER);
    Answer near = near().token("grant_type=authorization_code&code=" + code, AS_OTHER);
    assertNear(near, plain, 400, GRANT_REFUSED, CODE_OF_OTHER_CLIENT, "issued to " + SHOP);

    String refresh =
        refresh(assertIssued(near().token("grant_type=authorization_code&code=" + code, AS_SHOP)));
    near = near().token("grant_type=refresh_token&refresh_token=" + refresh, AS_OTHER);
    assertNear(near, plain, 400, GRANT_REFUSED, REFRESH_TOKEN_OF_OTHER_CLIENT, "issued to " + SHOP);
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/cb/?from=login, a slash at the end",
    "https://shop.example/CB?from=login, upper and lower case",
    "http://shop.example/cb?from=login, the scheme",
    "https://shop.example:8443/cb?from=login, the port",
    "https://shop.example/%63b?from=login, percent-encoding"
  })
  void a_redirect_uri_that_is_nearly_right(String uri, String words) {
    String form =
        "grant_type=authorization_code&code="
            + near().code(SHOP, "redirect_uri=" + encode(SHOP_URI))
            + "&redirect_uri=";
    Answer plain = near().token(form + encode("https://evil.example/"), AS_SHOP);
    Answer near = near().token(form + encode(uri), AS_SHOP);

    assertNear(near, plain, 400, GRANT_REFUSED, REDIRECT_URI_MISMATCH, "differs only in " + words);
    assertThat(near().logLine(plain)).doesNotContain(" detail=");
  }

  @Test
  @DisplayName("the refresh token was already used N seconds ago from another address")
  void a_refresh_token_that_was_used_elsewhere() {
    String first = newRefreshToken();
    assertIssued(refreshFrom("192.0.2.3", first));
    String other = newRefreshToken();
    assertIssued(refreshFrom("192.0.2.3", other));

    Answer plain = refreshFrom("192.0.2.3", other);
    Answer near = refreshFrom("2001:db8::1", first);

    near().assertRefused(plain, 400, GRANT_REFUSED, REFRESH_TOKEN_REUSED);
    JsonObject told =
        near().assertRefused(near, 400, GRANT_REFUSED, REFRESH_TOKEN_REUSED_ELSEWHERE);
    assertThat(told.getString("error_description")).startsWith("TOK3000");
    assertThat(near().logLine(near))
        .contains("source=\"2001:db8:0:0::/64\"")
        .containsPattern("detail=\"(\\d+ s ago, )?from 192\\.0\\.2\\.3\"");
    assertThat(alike(near)).isEqualTo(alike(plain));
    Traced.assertTraced(near(), near, REFRESH_TOKEN_REUSED_ELSEWHERE, "from 192.0.2.3");
  }

  private String newRefreshToken() {
    String code = near().code(SHOP, "");
    return refresh(
        assertIssued(
            near()
                .token("grant_type=authorization_code&code=" + code, from("192.0.2.3", AS_SHOP))));
  }

  private Answer refreshFrom(String source, String token) {
    return near().token("grant_type=refresh_token&refresh_token=" + token, from(source, AS_SHOP));
  }

  @ParameterizedTest
  @CsvSource({
    "Orders.Read, SCOPE_IN_OTHER_CASE, the client has orders.read",
    "profile, SCOPE_OF_OTHER_CLIENT, other clients have profile"
  })
  void a_scope_that_is_nearly_right(String scope, StandardReason cause, String detail) {
    Answer plain = near().token(CLIENT_CREDENTIALS + "&scope=nobody.has.this", AS_BATCH);
    Answer near = near().token(CLIENT_CREDENTIALS + "&scope=" + scope, AS_BATCH);

    assertThat(cause).isIn(SCOPE_IN_OTHER_CASE, SCOPE_OF_OTHER_CLIENT);
    assertNear(near, plain, 400, SCOPE_NOT_ALLOWED, cause, detail);
    assertThat(near.json().getString("error_description"))
        .isEqualTo("TOK6002: the scope exceeds what is allowed: scope");
    assertThat(near().logLine(plain)).doesNotContain(" detail=").doesNotContain("nobody.has");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type: application/json, sent as application/json",
    "Content-Type: Application/JSON;charset=x, sent as application/json",
    "Content-Type: multipart/form-data; boundary=kX7-x, sent as multipart/form-data",
    "Content-Type: kX7-batch-generated-secret-0001, sent as what is no media type",
    "X-None: 1, no Content-Type header"
  })
  void parameters_that_came_as_something_else_than_a_form(String header, String detail) {
    byte[] body = "{\"grant_type\":\"client_credentials\"}".getBytes(StandardCharsets.US_ASCII);
    Answer answer = near().body(body, header, AS_BATCH);

    near().assertRefused(answer, 400, MEDIA_TYPE_UNSUPPORTED);
    assertThat(near().logLine(answer)).contains(" detail=\"" + detail + "\"");
    Traced.assertTraced(near(), answer, MEDIA_TYPE_UNSUPPORTED, detail);
  }

  @Test
  void the_challenge_in_place_of_the_verifier() {
    String form =
        "grant_type=authorization_code&code=" + near().code(SHOP, S256) + "&code_verifier=";
    Answer plain = near().token(form + "x".repeat(43), AS_SHOP);
    Answer near = near().token(form + CHALLENGE, AS_SHOP);

    near().assertRefused(near, 400, GRANT_REFUSED, VERIFIER_IS_CHALLENGE);
    assertThat(alike(near)).isEqualTo(alike(plain));
    Traced.assertTraced(near(), near, VERIFIER_IS_CHALLENGE, "");
  }

  @Test
  void parameters_that_came_in_the_query() {
    String target = near().path() + "?grant_type=client_credentials";
    Answer answer = near().post(target, "scope=orders.read", AS_BATCH);

    near().assertRefused(answer, 400, PARAMETER_IN_QUERY);
    Traced.assertTraced(near(), answer, PARAMETER_IN_QUERY, "grant_type");
  }
}
