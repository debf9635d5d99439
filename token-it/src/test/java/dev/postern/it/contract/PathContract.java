package dev.postern.it.contract;

import static dev.postern.core.StandardReason.GRANT_TYPE_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.METHOD_NOT_ALLOWED;
import static dev.postern.core.StandardReason.NO_SUCH_ENDPOINT;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Quirk;
import dev.postern.it.Rfc;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The endpoint is one path, spelt in one way; its other spellings lead nowhere")
@Rfc("RFC6749-3.2")
@Slice
abstract class PathContract extends Contract {
  /** What may be outside of {@code /shop/oauth/*}: another resource of the application. */
  private static final Map<String, Quirk> OUTSIDE =
      Map.of(
          "/shop//oauth/token", Quirk.DOUBLE_SLASH,
          "/shop/./oauth/token", Quirk.DOT_SEGMENT,
          "/shop/x/..;/oauth/token", Quirk.DOTS_WITH_SEMICOLON,
          "/shop/oauth%2ftoken", Quirk.ENCODED_SLASH,
          "/shop/oauth%2Ftoken", Quirk.ENCODED_SLASH,
          "/shop/oauth%5ctoken", Quirk.ENCODED_BACKSLASH,
          "/shop/oauth\\token", Quirk.BACKSLASH);

  PathContract(Running running) {
    super(running);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/oauth/token/",
        "/shop/oauth/token//",
        "/shop/oauth/token;x=1",
        "/shop/oauth/token;",
        "/shop/oauth;x=1/token",
        "/shop/oauth//token",
        "/shop//oauth/token",
        "/shop/oauth/./token",
        "/shop/oauth/token/.",
        "/shop/oauth/x/../token",
        "/shop/oauth/%74oken",
        "/shop/%6Fauth/token",
        "/shop/oauth/toke%6e"
      })
  void another_spelling_that_containers_take_for_the_same_is_not_found(String target) {
    Answer answer = shop().post(target, CLIENT_CREDENTIALS, AS_BATCH);

    if (isOutside(target)) {
      assertThat(answer.text()).startsWith("behind POST ");
      return;
    }
    // Tomcat and Jetty disagree on which of these they refuse themselves.
    if (answer.headers("Content-Type").contains("application/json")) {
      assertRefused(answer, 404, NO_SUCH_ENDPOINT);
    }
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.text()).doesNotContain("behind", "access_token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/oauth/%2e/token",
        "/shop/oauth/x/%2e%2e/token",
        "/shop/oauth%2ftoken",
        "/shop/oauth%2Ftoken",
        "/shop/oauth/token%2f",
        "/shop/oauth/token%20",
        "/shop/oauth/token%09",
        "/shop/oauth/token%00",
        "/shop/oauth/token%3bx=1",
        "/shop/oauth/%2574oken",
        "/shop/oauth/%252e/token",
        "/shop/oauth/..;/oauth/token",
        "/shop/x/..;/oauth/token",
        "/shop/oauth/token?/../x",
        "/shop/./oauth/token",
        "/x/../shop/oauth/token",
        "/shop/oauth/token\t",
        "/shop/oauth%5ctoken",
        "/shop/oauth\\token"
      })
  void a_hostile_spelling_gets_no_token_and_no_further(String target) {
    Answer answer = shop().post(target, "grant_type=refresh_token", AS_BATCH);

    if (isOutside(target)) {
      assertThat(answer.text()).startsWith("behind POST ");
      return;
    }
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.text()).doesNotContain("access_token");
    // Where the server left it to us, or took it for the endpoint's path before we saw it.
    if (answer.headers("Content-Type").contains("application/json")) {
      boolean isElsewhere = answer.status() == 404;
      assertRefused(
          answer, answer.status(), isElsewhere ? NO_SUCH_ENDPOINT : GRANT_TYPE_NOT_REGISTERED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop/oauth/jwks", "/shop/oauth/revoke/", "/shop/oauth/%72evoke"})
  void what_later_versions_have_and_other_spellings_are_not_found(String target) {
    assertRefused(shop().post(target, "", AS_BATCH), 404, NO_SUCH_ENDPOINT);
    assertRefused(shop().send("GET", target), 404, NO_SUCH_ENDPOINT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/oauth",
        "/shop/oauth/",
        "/shop/oauth/tokens",
        "/shop/oauth/TOKEN",
        "/shop/oauth/Token",
        "/shop/oauth/token/more",
        "/shop/oauth/token.json",
        "/shop/oauth/token%23",
        "/shop/oauth/my-errors",
        "/shop/token",
        "/shop/"
      })
  void everything_else_goes_down_the_chain(String target) {
    Answer answer = shop().post(target, CLIENT_CREDENTIALS, AS_BATCH);

    if (target.endsWith("%23") && has(Quirk.HASH_IN_PATH)) {
      assertThat(answer.status()).isEqualTo(400);
      return;
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("behind POST " + target);
    assertThat(answer.headers("Pragma")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "async"})
  void the_application_may_send_a_request_on_to_the_endpoint(String how) {
    Answer answer = dispatch(how, "/oauth/token", CLIENT_CREDENTIALS);

    assertIssued(answer);
  }

  @Test
  void a_forward_to_another_spelling_leads_nowhere() {
    assertRefused(dispatch("forward", "/oauth/token/", CLIENT_CREDENTIALS), 404, NO_SUCH_ENDPOINT);
  }

  @Test
  void a_forward_cannot_bring_parameters_in_a_query() {
    Answer answer = dispatch("forward", "/oauth/token?scope=orders.read", CLIENT_CREDENTIALS);

    assertRefused(answer, 400, PARAMETER_IN_QUERY);
  }

  @Test
  void a_forwarded_get_is_no_token_request() {
    Answer answer =
        shop().send("GET", "/shop/dispatch", AS_BATCH, "X-How: forward", "X-To: /oauth/token");

    assertRefused(answer, 405, METHOD_NOT_ALLOWED);
  }

  @Test
  void an_included_endpoint_is_none() {
    Answer answer = dispatch("include", "/oauth/token", CLIENT_CREDENTIALS);

    assertThat(answer.text()).startsWith("included:").doesNotContain("access_token", "behind");
    assertThat(answer.text()).contains("TOK1007");
  }

  @Test
  void an_error_page_is_no_way_past_the_checks() {
    Answer refused = shop().post("/shop/dispatch", "", "X-How: error", "X-To: -");

    assertThat(refused.status() + " " + refused.json().getString("error"))
        .isEqualTo(has(Quirk.ERROR_PAGE_BY_GET) ? "405 invalid_request" : "400 invalid_client");
    assertThat(refused.headers("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void a_filter_on_one_exact_path_is_the_token_endpoint_there() {
    Endpoint exact =
        endpoint("exact", () -> TestApp.with(TestClients.all()).mapping("/connect/get-token"));

    assertIssued(exact.token(CLIENT_CREDENTIALS, AS_BATCH));
    exact.assertRefused(exact.token("", AS_BATCH), 400, GRANT_TYPE_MISSING);
    assertThat(exact.post("/shop/connect/other", "").text()).startsWith("behind");
    assertThat(exact.post("/shop/connect/get-token/", "").text()).doesNotContain("access_token");
  }

  @Test
  void a_filter_on_everything_has_its_endpoints_below_its_path() {
    Endpoint whole =
        endpoint(
            "whole",
            () -> TestApp.with(TestClients.all()).mapping("/*").parameter("path", "/deep/oauth"));

    Answer answer = whole.post("/shop/deep/oauth/token", CLIENT_CREDENTIALS, AS_BATCH);

    assertIssued(answer);
    assertThat(whole.post("/shop/oauth/token", CLIENT_CREDENTIALS, AS_BATCH).text())
        .isEqualTo("behind POST /shop/oauth/token");
    whole.assertRefused(whole.post("/shop/deep/oauth/jwks", ""), 404, NO_SUCH_ENDPOINT);
  }

  private boolean isOutside(String target) {
    Quirk quirk = OUTSIDE.get(target);
    return quirk != null && has(quirk);
  }

  private Answer dispatch(String how, String to, String form) {
    return shop().post("/shop/dispatch", form, AS_BATCH, "X-How: " + how, "X-To: " + to);
  }
}
