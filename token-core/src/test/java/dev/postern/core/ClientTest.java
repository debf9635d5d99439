package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.SettableClock;
import dev.postern.core.testing.TestClients;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC7591-2")
@DisplayName("registrations that make no sense are refused")
class ClientTest {
  private static Client.Builder confidential() {
    return Client.withId("c").secret(TestClients.secret("secret")).grantTypes("client_credentials");
  }

  private static Client.Builder redirecting(String... uris) {
    return Client.withId("c")
        .secret(TestClients.secret("secret"))
        .grantTypes("authorization_code")
        .redirectUris(uris);
  }

  @Test
  void all_there_is_to_know() {
    Client client =
        TestClients.shop()
            .name("Shop")
            .ignoredScope(Scope.of("openid"))
            .plainChallengeAllowed(true)
            .introspectionAllowed(true)
            .consentSkipped(true)
            .disabled(true)
            .build();

    assertThat(client.id()).isEqualTo("shop");
    assertThat(client.name()).isEqualTo("Shop");
    assertThat(client.authenticationMethod()).isEqualTo("client_secret_basic");
    assertThat(client.isPublic()).isFalse();
    assertThat(client.secrets()).hasSize(1);
    assertThat(client.grantTypes())
        .containsExactlyInAnyOrder("authorization_code", "refresh_token", "password");
    assertThat(client.mayUse("password")).isTrue();
    assertThat(client.mayUse("client_credentials")).isFalse();
    assertThat(client.scope()).isEqualTo(Scope.of("profile orders.read orders.write"));
    assertThat(client.ignoredScope()).isEqualTo(Scope.of("openid"));
    assertThat(client.hasRedirectUri(TestClients.SHOP_URI)).isTrue();
    assertThat(client.hasRedirectUri(TestClients.SHOP_URI + "/")).isFalse();
    assertThat(client.onlyRedirectUri()).isEmpty();
    assertThat(client.isPlainChallengeAllowed()).isTrue();
    assertThat(client.isIntrospectionAllowed()).isTrue();
    assertThat(client.isConsentSkipped()).isTrue();
    assertThat(client.isDisabled()).isTrue();
  }

  @Test
  void what_holds_when_nothing_is_said() {
    Client client = confidential().build();

    assertThat(client.name()).isEmpty();
    assertThat(client.scope()).isSameAs(Scope.EMPTY);
    assertThat(client.isPlainChallengeAllowed()).isFalse();
    assertThat(client.isIntrospectionAllowed()).isFalse();
    assertThat(client.isConsentSkipped()).isFalse();
    assertThat(client.isDisabled()).isFalse();
    assertThat(client.onlyRedirectUri()).isEmpty();
    assertThat(redirecting("https://x").build().onlyRedirectUri()).contains("https://x");
    assertThat(TestClients.app().build().isPublic()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u0000"})
  void id(String id) {
    assertThat(
            Client.withId(id)
                .secret(TestClients.secret("s"))
                .grantTypes("client_credentials")
                .problems())
        .containsExactly("client_id has to be text without control characters");
  }

  @Test
  void public_client_with_a_secret() {
    assertThat(TestClients.app().secret(TestClients.secret("s")).problems())
        .containsExactly("a client with token_endpoint_auth_method none has no secrets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
  void no_secret(String method) {
    assertThat(
            Client.withId("c")
                .authenticationMethod(method)
                .grantTypes("client_credentials")
                .problems())
        .containsExactly(method + " needs at least one entry in secrets");
  }

  @Test
  void resource_server_needs_no_grant_type() {
    assertThat(
            Client.withId("api")
                .secret(TestClients.secret("secret"))
                .introspectionAllowed(true)
                .problems())
        .isEmpty();
  }

  @Test
  @Rfc("RFC7662-2.1")
  void public_client_that_introspects() {
    assertThat(TestClients.app().introspectionAllowed(true).problems())
        .containsExactly("introspection needs a token_endpoint_auth_method other than none");
  }

  @Test
  void other_methods_need_no_secret() {
    assertThat(
            Client.withId("c")
                .authenticationMethod("private_key_jwt")
                .grantTypes("client_credentials")
                .problems())
        .isEmpty();
  }

  @Test
  void secrets_up_to_four() {
    Client.Builder client = confidential();
    for (int i = 2; i <= 4; i++) {
      client.secret(TestClients.secret("secret" + i));
    }
    assertThat(client.problems()).isEmpty();
    client.secret(TestClients.secret("secret5"));

    assertThat(client.problems())
        .containsExactly("more than 4 secrets: each costs a hash on every failed attempt");
  }

  @Test
  void no_grant_type() {
    assertThat(Client.withId("c").secret(TestClients.secret("s")).problems())
        .containsExactly("grant_types names no grant type");
  }

  @Test
  @Rfc("RFC6749-3.1.2.2")
  void no_redirect_uri_for_codes() {
    assertThat(redirecting().problems())
        .containsExactly("authorization_code needs at least one entry in redirect_uris");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x.example/cb",
        "https://x.example/cb?a=b",
        "http://127.0.0.1:8080/cb",
        "com.example.app:/cb",
        "https://x.example/cb%20x"
      })
  void redirect_uri(String uri) {
    assertThat(redirecting(uri).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cb", "x.example/cb", "", "https://x.example/cb#", "https://x/#a"})
  @Rfc("RFC6749-3.1.2")
  @DisplayName(
      "s3.1.2: MUST be an absolute URI ... The endpoint URI MUST NOT include a fragment component.")
  void redirect_uri_relative_or_with_a_fragment(String uri) {
    assertThat(redirecting(uri).problems())
        .containsExactly("redirect_uris: not an absolute URI without a fragment: " + uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://x.example/cb",
        "HTTP://x.example/cb",
        "http://localhost.x.example/cb",
        "http://127.x.example/cb",
        "http://192.0.2.7/cb",
        "http://[2001:db8::1]/cb",
        "http:/cb",
        "https:/cb",
        "javascript:alert(1)",
        "data:text/html,x"
      })
  @Rfc("RFC9700-2.6")
  @DisplayName(
      "RFC 9700 s2.6: MUST NOT allow redirection URIs that use the http scheme except for native"
          + " clients that use loopback interface redirection")
  void redirect_uri_over_which_a_code_would_leak(String uri) {
    assertThat(redirecting(uri).problems())
        .containsExactly(
            "redirect_uris: neither https, nor http on loopback, nor a scheme of an app: " + uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost/cb", "http://127.0.0.1:49152/cb", "http://[::1]:49152/cb"})
  @Rfc("RFC9700-2.6")
  void redirect_uri_on_loopback(String uri) {
    assertThat(redirecting(uri).problems()).isEmpty();
  }

  @Test
  void redirect_uri_that_is_none() {
    assertThat(redirecting("https://x.example/a b", "::").problems())
        .containsExactly(
            "redirect_uris: not a URI: https://x.example/a b", "redirect_uris: not a URI: ::");
    String outside =
        "redirect_uris: a character outside ASCII, to be written in percent-encoding (in a host as"
            + " xn--): ";
    assertThat(
            redirecting(
                    "https://x.example/c\u0103utare",
                    "https://\u0103.example/",
                    "app:/\u560D\u560Ax",
                    "app:c\u0103",
                    "https://xn--0da.example/c%C4%83utare")
                .problems())
        .containsExactly(
            outside + "https://x.example/c\u0103utare",
            outside + "https://\u0103.example/",
            outside + "app:/\u560D\u560Ax",
            outside + "app:c\u0103");
  }

  @Test
  void everything_at_once() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Client.withId("c").redirectUris("/x").build())
        .withMessage(
            "client c: client_secret_basic needs at least one entry in secrets; grant_types names no"
                + " grant type; redirect_uris: not an absolute URI without a fragment: /x");
  }

  @Test
  void what_was_built_does_not_change_any_more() {
    Client.Builder builder = redirecting("https://x.example/");
    Client client = builder.build();
    builder
        .secret(TestClients.secret("more"))
        .grantTypes("client_credentials")
        .redirectUris("https://y.example/");

    assertThat(client.secrets()).hasSize(1);
    assertThat(client.mayUse("client_credentials")).isFalse();
    assertThat(client.hasRedirectUri("https://y.example/")).isFalse();
  }

  @Test
  void a_secret_lives_until_the_instant_before_its_end() {
    Instant end = SettableClock.START;

    assertThat(TestClients.secretUntil("s", end).isLiveAt(end.minusNanos(1))).isTrue();
    assertThat(TestClients.secretUntil("s", end).isLiveAt(end)).isFalse();
    assertThat(TestClients.secret("s").isLiveAt(Instant.MAX)).isTrue();
  }

  @Test
  @Rfc("RFC9700-4.1.3")
  @DisplayName(
      "native apps using a localhost URI: In this case, the authorization server MUST allow"
          + " variable port numbers")
  void a_loopback_redirect_uri_may_have_any_port() {
    Client app =
        redirecting(
                "http://127.0.0.1/cb",
                "http://localhost:8080/cb?x=1",
                "http://[::1]:1/cb",
                "https://shop.example:8443/cb")
            .build();

    assertThat(app.hasRedirectUri("http://127.0.0.1:51234/cb")).isTrue();
    assertThat(app.hasRedirectUri("http://127.0.0.1/cb")).isTrue();
    assertThat(app.hasRedirectUri("http://localhost/cb?x=1")).isTrue();
    assertThat(app.hasRedirectUri("http://[::1]:65535/cb")).isTrue();
    for (String other :
        new String[] {
          "http://127.0.0.1:51234/cb/",
          "http://127.0.0.1:51234/CB",
          "http://127.0.0.1:x/cb",
          "http://127.0.0.1:/cb",
          "http://127.0.0.1:1@evil.example/cb",
          "http://127.0.0.1.evil.example/cb",
          "http://127.0.0.2:1/cb",
          "https://127.0.0.1:1/cb",
          "http://localhost:1/cb",
          "https://shop.example:9443/cb",
          "https://shop.example/cb"
        }) {
      assertThat(app.hasRedirectUri(other)).as(other).isFalse();
    }
  }
}
