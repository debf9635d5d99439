package dev.postern.it.contract;

import static dev.postern.core.StandardReason.METHOD_NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Browsers may read the answers where the configuration lets them, and nowhere else")
@Rfc("RFC9700-2.6")
abstract class BrowserContract extends Contract {
  private static final String ORIGIN = "https://app.example";

  BrowserContract(Running running) {
    super(running);
  }

  private Endpoint browser() {
    return endpoint(
        "browser",
        () ->
            TestApp.with(TestClients.all())
                .tls()
                .parameter("allowedOrigins", ORIGIN + ", https://other.example:8443"));
  }

  @ParameterizedTest
  @ValueSource(strings = {ORIGIN, "https://other.example:8443"})
  void a_preflight_of_an_allowed_origin(String origin) {
    Answer answer = preflight(origin);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(origin);
    assertThat(answer.header("Access-Control-Allow-Methods")).hasValue("POST");
    assertThat(answer.header("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization", "Content-Type", "client-request-id", "traceparent");
    assertThat(answer.header("Access-Control-Max-Age")).hasValue("600");
    assertThat(answer.headers("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(answer.headers("Vary")).contains("Origin");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://app.example",
        "https://app.example:8443",
        "https://APP.example",
        "https://app.example/",
        "https://app.example.evil.example",
        "null",
        "*"
      })
  void another_origin_is_told_nothing(String origin) {
    Answer preflight = preflight(origin);
    assertThat(preflight.status()).isEqualTo(204);
    assertNoCors(preflight);
    Answer answer = browser().token(CLIENT_CREDENTIALS, AS_BATCH, "Origin: " + origin);
    assertIssued(answer);
    assertNoCors(answer);
    assertThat(answer.headers("Vary")).contains("Origin");
  }

  @Test
  void an_answer_and_a_refusal_can_be_read() {
    Answer answer = browser().token(CLIENT_CREDENTIALS, AS_BATCH, "Origin: " + ORIGIN);
    assertIssued(answer);
    assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    Answer refusal = browser().token("", "Authorization: Basic !", "Origin: " + ORIGIN);
    browser().assertRefused(refusal, 401, dev.postern.core.StandardReason.AUTHORIZATION_MALFORMED);
    assertThat(refusal.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    assertThat(refusal.header("Access-Control-Expose-Headers").orElse(""))
        .contains("WWW-Authenticate", "Retry-After");
  }

  @Test
  void who_names_no_origin_is_no_browser() {
    Answer answer = browser().token(CLIENT_CREDENTIALS, AS_BATCH);

    assertIssued(answer);
    assertNoCors(answer);
  }

  @Test
  void an_options_that_is_no_preflight_is_another_method() {
    Answer answer = browser().send("OPTIONS", browser().path(), "Origin: " + ORIGIN);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).hasValue("POST");
    assertThat(browser().logLine(answer)).contains(" cause=METHOD_NOT_ALLOWED ");
  }

  @Test
  void without_a_configuration_there_is_no_cors() {
    Answer preflight =
        shop()
            .send(
                "OPTIONS",
                shop().path(),
                "Origin: " + ORIGIN,
                "Access-Control-Request-Method: POST");
    assertRefused(preflight, 405, METHOD_NOT_ALLOWED);
    assertNoCors(preflight);
    Answer answer = shop().token(CLIENT_CREDENTIALS, AS_BATCH, "Origin: " + ORIGIN);
    assertIssued(answer);
    assertNoCors(answer);
    assertThat(answer.headers("Vary")).isEmpty();
  }

  @Test
  void over_tls_as_well() {
    Answer answer =
        browser()
            .post(
                browser().https(),
                browser().path(),
                CLIENT_CREDENTIALS,
                AS_BATCH,
                "Origin: " + ORIGIN);

    assertIssued(answer);
    assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
  }

  private Answer preflight(String origin) {
    return browser()
        .send(
            "OPTIONS",
            browser().path(),
            "Origin: " + origin,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization");
  }

  private static void assertNoCors(Answer answer) {
    assertThat(answer.headers())
        .noneMatch(
            header ->
                header.name().toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
  }
}
