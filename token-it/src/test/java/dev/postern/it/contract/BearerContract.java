package dev.postern.it.contract;

import static dev.postern.core.StandardReason.ACCESS_TOKEN_IN_QUERY;
import static dev.postern.core.StandardReason.ACCESS_TOKEN_REFUSED;
import static dev.postern.core.StandardReason.BEARER_TOKEN_MALFORMED;
import static dev.postern.core.StandardReason.BEARER_TOKEN_MISSING;
import static dev.postern.core.StandardReason.INSECURE_TRANSPORT;
import static dev.postern.core.StandardReason.SCOPE_INSUFFICIENT;
import static dev.postern.core.StandardReason.SEVERAL_AUTHORIZATION_HEADERS;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Realm;
import dev.postern.it.Rfc;
import dev.postern.it.app.DispatchServlet;
import dev.postern.it.app.WhoServlet;
import dev.postern.servlet.BearerFilter;
import jakarta.json.JsonObject;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Resources of the application are for those who bring an access token in the header")
@Rfc({"RFC6750-2", "RFC6750-2.1", "RFC6750-3", "RFC6750-3.1"})
@Slice
abstract class BearerContract extends Contract {
  private static final String ORIGIN = "https://app.example";

  BearerContract(Running running) {
    super(running);
  }

  /** A bearer filter with these init-params, for all dispatches. */
  static String filter(String name, String pattern, String... parameters) {
    StringBuilder xml = new StringBuilder("<filter><filter-name>" + name + "</filter-name>");
    xml.append("<filter-class>" + BearerFilter.class.getName() + "</filter-class>");
    xml.append("<async-supported>true</async-supported>");
    for (int i = 0; i < parameters.length; i += 2) {
      xml.append("<init-param><param-name>" + parameters[i] + "</param-name>");
      xml.append("<param-value>" + parameters[i + 1] + "</param-value></init-param>");
    }
    xml.append("</filter><filter-mapping><filter-name>" + name + "</filter-name>");
    xml.append("<url-pattern>" + pattern + "</url-pattern>");
    for (String type : new String[] {"REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC"}) {
      xml.append("<dispatcher>" + type + "</dispatcher>");
    }
    return xml.append("</filter-mapping>\n").toString();
  }

  private Endpoint resources() {
    return endpoint(
        "resources",
        () ->
            TestApp.with(TestClients.all())
                .parameter("allowedOrigins", ORIGIN)
                .xmlBefore(filter("any", "/api/*"))
                .xml(filter("orders", "/api/orders", "scope", "orders.read", "realm", "orders"))
                .xml(filter("writers", "/api/write/*", "scope", "orders.read orders.write"))
                .xml(filter("roles", "/roles", "rolePrefix", "api:"))
                .xml(filter("cached", "/cached", "cacheLifetime", "PT5M"))
                .xml(filter("errors", "/oops", "scope", "orders.write"))
                .xml(
                    "<error-page><error-code>409</error-code>"
                        + "<location>/oops</location></error-page>")
                .servlet(DispatchServlet.class, "/dispatch")
                .xml(mapping("DispatchServlet", "/api/dispatch"))
                .servlet(WhoServlet.class, "/roles")
                .xml(mapping("WhoServlet", "/api/orders"))
                .xml(mapping("WhoServlet", "/api/who"))
                .xml(mapping("WhoServlet", "/api/write/x"))
                .xml(mapping("WhoServlet", "/cached"))
                .xml(mapping("WhoServlet", "/open")));
  }

  private static String mapping(String servlet, String pattern) {
    return "<servlet-mapping><servlet-name>"
        + servlet
        + "</servlet-name><url-pattern>"
        + pattern
        + "</url-pattern></servlet-mapping>";
  }

  private Answer get(String path, String... headers) {
    return resources().send("GET", "/shop" + path, headers);
  }

  private String token(String scope) {
    return access(
        assertIssued(resources().token(CLIENT_CREDENTIALS + "&scope=" + scope, AS_BATCH)));
  }

  private JsonObject redeemed(String code) {
    return assertIssued(
        resources()
            .token(
                "grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER,
                AS_SHOP));
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private JsonObject refused(
      Answer answer, int status, StandardReason reason, String realm, String more) {
    String page = "http://127.0.0.1:" + resources().http().port() + "/shop/oauth/errors/";
    assertThat(answer.status()).as(answer::toString).isEqualTo(status);
    JsonObject body = answer.json();
    assertThat(body.keySet())
        .containsExactly(
            "error",
            "error_description",
            "error_uri",
            "error_codes",
            "timestamp",
            "trace_id",
            "correlation_id");
    assertThat(body.getString("error_uri")).isEqualTo(page + reason.number());
    assertThat(answer.headers("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers("WWW-Authenticate"))
        .containsExactly(
            "Bearer realm=\"%s\", error=\"%s\", error_description=\"%s\", error_uri=\"%s\"%s"
                .formatted(
                    realm,
                    reason.code().wire(),
                    body.getString("error_description"),
                    page + reason.number(),
                    more));
    assertLogged(body, reason);
    return body;
  }

  private void assertLogged(JsonObject body, StandardReason reason) {
    assertThat(Refusals.line(body, running().log()))
        .startsWith("refused number=" + reason.label() + " cause=" + reason.name() + " told=")
        .contains(" check=" + reason.check().name().toLowerCase(Locale.ROOT) + " ")
        .containsPattern(" endpoint=\"/([^/\"]+/)?\" ");
  }

  @Test
  void a_user_s_token() {
    String token = access(redeemed(resources().code(TestClients.SHOP, S256)));

    Answer answer = get("/api/who", bearer(token));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            "alice|alice|Bearer|shop|profile email orders.read|true|false|false|false"
                + "|alice shop profile email orders.read|true|true|null");
    assertThat(answer.headers("WWW-Authenticate")).isEmpty();
  }

  @Test
  void the_prefix_of_roles_is_one_s_own() {
    Answer answer = get("/roles", bearer(token("orders.read")));

    assertThat(answer.text()).startsWith("batch|batch|Bearer|batch|orders.read|false|true|false|");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer ", "BEARER  ", " Bearer "})
  void the_scheme_in_any_case(String scheme) {
    Answer answer = get("/api/orders", "Authorization: " + scheme + token("orders.read"));

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  @DisplayName(
      "If the request lacks any authentication information ..., the resource server SHOULD NOT"
          + " include an error code or other error information.")
  void without_a_token() {
    for (String[] headers :
        new String[][] {{}, {AS_BATCH}, {"Authorization: "}, {basic(Realm.USER, Realm.PASSWORD)}}) {
      Answer answer = get("/api/who", headers);

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.headers("WWW-Authenticate")).containsExactly("Bearer realm=\"resource\"");
      Refusals.assertNoStore(answer);
      assertThat(answer.json().keySet()).containsExactly("timestamp", "trace_id", "correlation_id");
      assertLogged(answer.json(), BEARER_TOKEN_MISSING);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer a b", "Bearer \"a\"", "Bearer a, Bearer b", "bearer ="})
  void what_is_no_token(String header) {
    Answer answer = get("/api/who", "Authorization: " + header);

    refused(answer, 400, BEARER_TOKEN_MALFORMED, "resource", "");
  }

  @Test
  void several_headers() {
    String token = bearer(token("orders.read"));
    for (String other : new String[] {token, AS_BATCH}) {
      Answer answer = get("/api/who", token, other);

      refused(answer, 400, SEVERAL_AUTHORIZATION_HEADERS, "resource", "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mF_9.B5f-4.1JqM, ''",
    "0123456789012345678901234567890123456789012, ''",
    "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln, it is a JWT",
    "x123456789x123456789x123456789x123456789x123456789x123456789x1234, it is as long as a refresh"
  })
  void a_token_that_nobody_knows(String token, String detail) {
    Answer answer = get("/api/who", bearer(token));

    JsonObject body = refused(answer, 401, ACCESS_TOKEN_REFUSED, "resource", "");
    assertThat(Refusals.logged(Refusals.line(body, running().log()), "detail").orElse(""))
        .startsWith(detail);
    assertThat(answer.text()).doesNotContain(token);
  }

  @Test
  @DisplayName("B9: neither a refresh token nor a code is an access token")
  void tokens_of_other_kinds() {
    String code = resources().code(TestClients.SHOP, S256);
    refused(get("/api/who", bearer(code)), 401, ACCESS_TOKEN_REFUSED, "resource", "");
    JsonObject tokens = redeemed(code);

    Answer answer = get("/api/who", bearer(refresh(tokens)));

    refused(answer, 401, ACCESS_TOKEN_REFUSED, "resource", "");
    assertThat(get("/api/who", bearer(access(tokens))).status()).isEqualTo(200);
  }

  @Test
  void a_token_that_was_revoked() {
    String token = token("orders.read");
    assertThat(get("/api/who", bearer(token)).status()).isEqualTo(200);

    resources().post(REVOKE, "token=" + token, AS_BATCH);

    refused(get("/api/who", bearer(token)), 401, ACCESS_TOKEN_REFUSED, "resource", "");
  }

  @Test
  void a_cached_token_passes_a_while_after_it_was_revoked() {
    String token = token("orders.read");
    assertThat(get("/cached", bearer(token)).text()).startsWith("batch|");
    resources().post(REVOKE, "token=" + token, AS_BATCH);

    assertThat(get("/cached", bearer(token)).text()).startsWith("batch|");
    assertThat(get("/cached", bearer(token + "x")).status()).isEqualTo(401);
    assertThat(get("/api/who", bearer(token)).status()).isEqualTo(401);
  }

  @Test
  void a_scope_that_the_token_does_not_have() {
    Answer orders = get("/api/orders", bearer(token("orders.write")));
    Answer writers = get("/api/write/x", bearer(token("orders.write")));
    Answer both = get("/api/write/x", bearer(token("orders.write+orders.read")));

    refused(orders, 403, SCOPE_INSUFFICIENT, "orders", ", scope=\"orders.read\"");
    String needed = "orders.read orders.write";
    JsonObject body =
        refused(writers, 403, SCOPE_INSUFFICIENT, "resource", ", scope=\"" + needed + "\"");
    assertThat(Refusals.line(body, running().log()))
        .contains(" client=\"batch\"", "detail=\"needs " + needed + ", has orders.write\"");
    assertThat(both.status()).isEqualTo(200);
  }

  @Test
  @Rfc({"RFC6750-2.3", "RFC9700-4.3.2"})
  void a_token_in_the_query_is_not_read() {
    String token = token("orders.read");

    Answer alone = get("/api/who?access_token=" + token);
    Answer beside = get("/api/who?x=y&access_token=" + token, bearer(token));

    refused(alone, 400, ACCESS_TOKEN_IN_QUERY, "resource", "");
    refused(beside, 400, ACCESS_TOKEN_IN_QUERY, "resource", "");
    assertThat(alone.text()).doesNotContain(token);
  }

  @Test
  @Rfc("RFC6750-2.2")
  void a_token_in_the_form_is_not_read_and_the_form_stays_the_application_s() {
    String token = token("orders.read");

    Answer alone = resources().post("/shop/api/who", "access_token=" + token);
    Answer beside = resources().post("/shop/api/who", "access_token=mine-0123", bearer(token));

    assertThat(alone.status()).isEqualTo(401);
    assertThat(beside.text()).endsWith("|mine-0123");
  }

  @Test
  @Rfc("RFC6750-5.3")
  void plain_http_from_elsewhere_is_refused() {
    Answer answer = get("/api/who", bearer(token("orders.read")), "X-Forwarded-For: 203.0.113.9");

    refused(answer, 400, INSECURE_TRANSPORT, "resource", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "async"})
  void a_dispatch_is_held_to_where_it_goes(String how) {
    String reader = bearer(token("orders.read"));
    String writer = bearer(token("orders.write"));
    String orders = "X-To: /api/orders";

    assertThat(get("/api/dispatch", reader, "X-How: " + how, orders).text()).startsWith("batch|");
    assertThat(get("/api/dispatch", writer, "X-How: " + how, orders).status()).isEqualTo(403);
    assertThat(get("/dispatch", "X-How: " + how, orders).status()).isEqualTo(401);
    assertThat(get("/api/dispatch", reader, "X-How: " + how, "X-To: /open").text())
        .startsWith("batch|");
  }

  @Test
  void error_pages_and_includes_pass() {
    Answer error = get("/dispatch", "X-How: error", "X-To: -");
    Answer included = get("/dispatch", "X-How: include", "X-To: /api/orders");

    assertThat(error.status()).isEqualTo(409);
    assertThat(error.text()).startsWith("behind");
    assertThat(included.text()).isEqualTo("included:somebody else");
  }

  @Test
  @Rfc("RFC9700-2.6")
  void browsers_may_call_where_the_token_filter_lets_them() {
    Answer preflight =
        resources()
            .send(
                "OPTIONS",
                "/shop/api/who",
                "Origin: " + ORIGIN,
                "Access-Control-Request-Method: PUT",
                "Access-Control-Request-Headers: authorization");
    Answer answer = get("/api/who", bearer(token("orders.read")), "Origin: " + ORIGIN);
    Answer refused = get("/api/who", bearer("x"), "Origin: " + ORIGIN);
    Answer foreign = get("/api/who", bearer("x"), "Origin: https://evil.example");

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Methods").orElse("")).contains("PUT");
    assertThat(preflight.header("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization");
    assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    assertThat(refused.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    assertThat(foreign.headers("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void with_several_token_filters_it_asks_the_one_that_it_names() {
    Endpoint two =
        endpoint(
            "two",
            () ->
                TestApp.with(TestClients.all())
                    .stateless()
                    .alone()
                    .xml(SECOND)
                    .xml(filter("api", "/api/*", "tokenFilter", "second"))
                    .servlet(WhoServlet.class, "/api/*"));
    Answer first = two.token(CLIENT_CREDENTIALS, AS_BATCH);
    Answer second = two.post("/shop/second/token", CLIENT_CREDENTIALS, AS_BATCH);

    Answer ofFirst = two.send("GET", "/shop/api/x", bearer(access(assertIssued(first))));
    Answer ofSecond = two.send("GET", "/shop/api/x", bearer(access(assertIssued(second))));

    assertThat(ofFirst.status()).isEqualTo(401);
    assertThat(ofSecond.status()).isEqualTo(200);
  }

  /** A token filter beside the one that every application of the tests has. */
  static final String SECOND =
      "<filter><filter-name>second</filter-name><filter-class>dev.postern.servlet.TokenFilter"
          + "</filter-class></filter><filter-mapping><filter-name>second</filter-name>"
          + "<url-pattern>/second/*</url-pattern></filter-mapping>\n";
}
