package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sample WAR's own pages: what people copy has to be right. */
final class SampleIT {
  private static final String BATCH =
      "Authorization: Basic YmF0Y2g6QmxzLW83T0UzdENXdWE3Y2RhOHh0S1duaWFGMGFzczBwQnR2czhFMjNwNA==";

  @ParameterizedTest
  @EnumSource
  void a_refused_client_is_told_to_the_user_and_redirected_nowhere(Containers containers) {
    try (Container server = containers.start(Webapp.sample())) {
      assertRefused(server, spa("client_id", "nobody"), "TOK7001");
      assertRefused(server, spa("redirect_uri", "https://rival.example/"), "TOK1050");
      assertRefused(server, spa("scope", "admin"), "TOK6002");
      assertRefused(server, spa("code_challenge", ""), "TOK1051");
      assertRefused(server, spa("code_challenge_method", "plain"), "TOK1052");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_approval_goes_back_with_code_and_state(Containers containers) {
    try (Container server = containers.start(Deployment.of(Webapp.sample()).at("/shop"))) {
      Answer answer = Browser.at(server).approve(spa("state", "a&b= c"));

      assertThat(answer.status()).isEqualTo(303);
      String location = answer.header("Location").orElseThrow();
      assertThat(location).startsWith("https://spa.example/callback?code=");
      assertThat(Browser.query(location)).containsOnlyKeys("code", "state");
      assertThat(Browser.query(location)).containsEntry("state", "a&b= c");
    }
  }

  @ParameterizedTest
  @EnumSource
  void postern_s_own_authorization_endpoint_uses_the_same_login(Containers containers) {
    try (Container server = containers.start(Webapp.sample())) {
      RawHttp http = RawHttp.to(server);
      String request = "/oauth/authorize?response_type=code&" + Browser.form(spa("scope", ""));

      assertThat(http.send("GET", request).status()).isEqualTo(401);
      assertThat(http.send("GET", request, Browser.LOGIN).text())
          .contains("May App in the browser act for you?", "orders.read");
    }
  }

  @ParameterizedTest
  @EnumSource
  void without_a_redirect_uri_it_goes_to_the_only_one(Containers containers) {
    try (Container server = containers.start(Webapp.sample())) {
      Answer answer = Browser.at(server).approve(spa("redirect_uri", ""));

      assertThat(answer.header("Location").orElseThrow())
          .startsWith("https://spa.example/callback?code=");
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_the_browser_sent_is_escaped(Containers containers) {
    try (Container server = containers.start(Webapp.sample())) {
      Answer page = Browser.at(server).ask(spa("client_id", "<script>'\"&"));

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text()).contains("&lt;script&gt;&#39;&quot;&amp;").doesNotContain("<script>");
      assertThat(page.header("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'none'");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobody_approves_in_a_form_of_their_own(Containers containers) {
    try (Container server = containers.start(Webapp.sample())) {
      RawHttp http = RawHttp.to(server);
      Answer page = Browser.at(server).ask(spa("state", "x"));
      String cookie = "Cookie: " + page.header("Set-Cookie").orElseThrow().split(";", 2)[0];

      Answer withSession =
          http.postForm("/approve", Browser.form(spa("state", "x")), Browser.LOGIN, cookie);
      Answer without = http.postForm("/approve", Browser.form(spa("state", "x")), Browser.LOGIN);
      Answer nobody = http.postForm("/approve", Browser.form(spa("state", "x")));

      assertThat(withSession.status()).isEqualTo(403);
      assertThat(without.status()).isEqualTo(403);
      assertThat(nobody.status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @EnumSource
  void orders_are_for_tokens_with_the_scope(Containers containers) {
    try (Container server = containers.start(Webapp.sample())) {
      Answer none = RawHttp.to(server).send("GET", "/orders");
      Answer basic = RawHttp.to(server).send("GET", "/orders", BATCH);
      Answer unknown = orders(server, "bearer x");
      Answer writer = orders(server, "Bearer " + token(server, "orders.write"));
      Answer reader = orders(server, "bearer  " + token(server, "orders.read"));

      assertThat(none.status()).isEqualTo(401);
      assertThat(none.header("WWW-Authenticate")).hasValue("Bearer realm=\"orders\"");
      assertThat(basic.header("WWW-Authenticate")).hasValue("Bearer realm=\"orders\"");
      assertThat(unknown.status()).isEqualTo(401);
      assertThat(unknown.header("WWW-Authenticate"))
          .hasValueSatisfying(
              told ->
                  assertThat(told)
                      .startsWith("Bearer realm=\"orders\", error=\"invalid_token\", "));
      assertThat(writer.status()).isEqualTo(403);
      assertThat(writer.header("WWW-Authenticate"))
          .hasValueSatisfying(
              told ->
                  assertThat(told)
                      .startsWith("Bearer realm=\"orders\", error=\"insufficient_scope\", ")
                      .endsWith(", scope=\"orders.read\""));
      assertThat(reader.status()).isEqualTo(200);
      assertThat(reader.text()).startsWith("The orders that batch may read.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_logout_everywhere_takes_back_what_the_user_gave(Containers containers) {
    try (Container server = containers.start(Webapp.sample())) {
      Pkce pkce = Pkce.random();
      Map<String, String> asked = spa("code_challenge", pkce.challenge());
      String ofAlice = redeem(server, Browser.at(server).code(asked), pkce);
      String pending = Browser.at(server).code(asked);
      String ofBatch = token(server, "orders.read");
      assertThat(orders(server, "Bearer " + ofAlice).status()).isEqualTo(200);

      Answer nobody = RawHttp.to(server).postForm("/logout-everywhere", "");
      Answer answer = RawHttp.to(server).postForm("/logout-everywhere", "", Browser.LOGIN);

      assertThat(nobody.status()).isEqualTo(401);
      assertThat(answer.status()).isEqualTo(204);
      assertThat(orders(server, "Bearer " + ofAlice).status()).isEqualTo(401);
      assertThat(orders(server, "Bearer " + ofBatch).status()).isEqualTo(200);
      assertThat(redemption(server, pending, pkce).json().getString("error"))
          .isEqualTo("invalid_grant");
    }
  }

  private static void assertRefused(Container server, Map<String, String> asked, String told) {
    Answer answer = Browser.at(server).approve(asked);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Location")).isEmpty();
    assertThat(answer.text()).contains(told);
  }

  private static Map<String, String> spa(String name, String value) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("client_id", "spa");
    request.put("redirect_uri", "https://spa.example/callback");
    request.put("scope", "orders.read");
    request.put("code_challenge", Pkce.random().challenge());
    request.put("code_challenge_method", "S256");
    request.put(name, value);
    return request;
  }

  private static String token(Container server, String scope) {
    return RawHttp.to(server)
        .postForm("/oauth/token", "grant_type=client_credentials&scope=" + scope, BATCH)
        .json()
        .getString("access_token");
  }

  private static String redeem(Container server, String code, Pkce pkce) {
    return redemption(server, code, pkce).json().getString("access_token");
  }

  private static Answer redemption(Container server, String code, Pkce pkce) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", "spa");
    form.put("code", code);
    form.put("redirect_uri", "https://spa.example/callback");
    form.put("code_verifier", pkce.verifier());
    return RawHttp.to(server).postForm("/oauth/token", Browser.form(form));
  }

  private static Answer orders(Container server, String authorization) {
    return RawHttp.to(server).send("GET", "/orders", "Authorization: " + authorization);
  }
}
