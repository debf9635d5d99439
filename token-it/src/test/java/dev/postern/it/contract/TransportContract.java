package dev.postern.it.contract;

import static dev.postern.core.StandardReason.INSECURE_TRANSPORT;
import static dev.postern.core.StandardReason.METHOD_NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the authorization server MUST require the use of TLS")
@Rfc("RFC6749-3.2")
abstract class TransportContract extends Contract {
  TransportContract(Running running) {
    super(running);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: https",
        "X-Forwarded-Proto: http",
        "Forwarded: proto=https;for=192.0.2.1",
        "Forwarded: for=192.0.2.1",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Host: shop.example",
        "X-Real-IP: 127.0.0.1",
        "Via: 1.1 proxy",
        "via:"
      })
  void plain_http_through_a_proxy_that_nobody_trusts(String header) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, AS_BATCH, header);

    assertRefused(answer, 400, INSECURE_TRANSPORT);
    assertThat(shop().logLine(answer)).contains("trustedProxies");
  }

  @ParameterizedTest
  @ValueSource(strings = {INTROSPECT, REVOKE})
  @Rfc({"RFC7009-2", "RFC7662-2"})
  @DisplayName("MUST be HTTPS URLs; MUST be protected by a transport-layer security mechanism")
  void the_neighbours_want_tls_too(String endpoint) {
    assertRefused(
        shop().post(endpoint, "token=x", AS_API, "Via: 1.1 proxy"), 400, INSECURE_TRANSPORT);
    assertThat(shop().post(endpoint, "token=x", AS_API).status()).isEqualTo(200);
  }

  @Test
  void within_one_machine_plain_http_will_do() {
    assertIssued(shop().token(CLIENT_CREDENTIALS, AS_BATCH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-None: 1", "X-Forwarded-Proto: http", "Via: 1.1 proxy"})
  void over_tls_it_does_not_matter_what_headers_say(String header) {
    Endpoint tls =
        endpoint(
            "browser",
            () ->
                TestApp.with(TestClients.all())
                    .tls()
                    .parameter(
                        "allowedOrigins", "https://app.example, https://other.example:8443"));

    assertIssued(tls.post(tls.https(), tls.path(), CLIENT_CREDENTIALS, AS_BATCH, header));
  }

  private Endpoint proxied() {
    return endpoint(
        "proxied",
        () ->
            TestApp.with(TestClients.all()).parameter("trustedProxies", "10.0.0.0/8, 127.0.0.0/8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: https",
        "X-Forwarded-Proto: HTTPS",
        "X-Forwarded-Proto: https, https",
        "Forwarded: proto=https",
        "Forwarded: for=192.0.2.1;Proto=\"https\";by=10.0.0.1",
        "Forwarded: for=192.0.2.1;proto=https, for=10.0.0.2"
      })
  void a_trusted_proxy_may_say_that_it_was_https(String header) {
    assertIssued(proxied().token(CLIENT_CREDENTIALS, AS_BATCH, header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: http",
        "X-Forwarded-Proto: https, http",
        "X-Forwarded-Proto: http, https",
        "X-Forwarded-Proto: httpss",
        "X-Forwarded-Proto:",
        "Forwarded: proto=http",
        "Forwarded: proto=https, proto=http",
        "Forwarded: for=192.0.2.1",
        "X-Forwarded-For: 192.0.2.1",
        "Via: 1.1 proxy"
      })
  void or_that_it_was_not(String header) {
    Answer answer = proxied().token(CLIENT_CREDENTIALS, AS_BATCH, header);

    proxied().assertRefused(answer, 400, INSECURE_TRANSPORT);
  }

  @Test
  void headers_that_disagree_are_not_believed() {
    Answer answer =
        proxied()
            .token(
                CLIENT_CREDENTIALS, AS_BATCH, "Forwarded: proto=http", "X-Forwarded-Proto: https");

    proxied().assertRefused(answer, 400, INSECURE_TRANSPORT);
    Answer repeated =
        proxied()
            .token(
                CLIENT_CREDENTIALS,
                AS_BATCH,
                "X-Forwarded-Proto: https",
                "X-Forwarded-Proto: http");
    proxied().assertRefused(repeated, 400, INSECURE_TRANSPORT);
  }

  @Test
  void the_source_is_what_the_trusted_proxy_says() {
    Answer answer =
        proxied()
            .token(
                "",
                AS_BATCH,
                "X-Forwarded-Proto: https",
                "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.0.0.3");

    assertThat(proxied().logLine(answer)).contains(" source=\"192.0.2.7\"");
    Answer junk =
        proxied().token("", AS_BATCH, "X-Forwarded-Proto: https", "X-Forwarded-For: zqx\"${a}");
    assertThat(proxied().logLine(junk)).contains(" source=\"127.0.0.1\"");
  }

  @Test
  void insecure_http_can_be_allowed_with_a_warning() {
    Endpoint insecure =
        endpoint(
            "insecure",
            () -> TestApp.with(TestClients.all()).parameter("allowInsecureHttp", "true"));

    assertIssued(insecure.token(CLIENT_CREDENTIALS, AS_BATCH, "X-Forwarded-Proto: http"));
    assertThat(running().log().lines())
        .anyMatch(line -> line.matches("filter token of /\\S*: allowInsecureHttp: .*"));
  }

  @Test
  void the_method_comes_first_and_the_body_later() {
    assertRefused(shop().send("GET", shop().path(), "Via: 1.1 proxy"), 405, METHOD_NOT_ALLOWED);
    assertRefused(
        shop().token("%", "Content-Type: text/plain", "Via: 1.1 proxy"), 400, INSECURE_TRANSPORT);
  }
}
