package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.ErrorCode;
import dev.postern.core.Refusal;
import dev.postern.core.Scope;
import dev.postern.core.StandardReason;
import dev.postern.servlet.events.Trace;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Rfc({"RFC6750-3", "RFC6750-3.1"})
@DisplayName("RFC 6750 s3: the WWW-Authenticate response header field")
class BearerResponseWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:07Z");

  private final Json json = new Json();
  private final BearerResponseWriter writer =
      new BearerResponseWriter(
          new JsonAnswers(() -> json, ErrorUris.below(URI.create("https://shop.example/oauth"))),
          "orders",
          Scope.of("orders.read orders.write"));
  private final FakeResponse response = new FakeResponse();

  @AfterEach
  void close() {
    json.close();
  }

  private void refuse(Refusal refusal) throws IOException {
    writer.write(refusal, NOW, new Trace("t", "c"), FakeRequest.post().build(), response.build());
  }

  @ParameterizedTest
  @CsvSource({
    "ACCESS_TOKEN_REFUSED, 401",
    "BEARER_TOKEN_MISSING, 401",
    "BEARER_TOKEN_MALFORMED, 400",
    "ACCESS_TOKEN_IN_QUERY, 400",
    "SEVERAL_AUTHORIZATION_HEADERS, 400",
    "INSECURE_TRANSPORT, 400",
    "SCOPE_INSUFFICIENT, 403",
    "STORE_UNAVAILABLE, 503",
    "INTERNAL_ERROR, 500"
  })
  void status(StandardReason reason, int status) throws IOException {
    refuse(Refusal.of(reason));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("WWW-Authenticate")).hasSize(status < 500 ? 1 : 0);
    assertThat(response.header("Retry-After")).hasSize(status == 503 ? 1 : 0);
    assertThat(response.header("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName(
      "If the request lacks any authentication information ..., the resource server SHOULD NOT"
          + " include an error code or other error information.")
  void no_token() throws IOException {
    refuse(Refusal.of(StandardReason.BEARER_TOKEN_MISSING).withDetail("private"));

    assertThat(response.header("WWW-Authenticate")).containsExactly("Bearer realm=\"orders\"");
    assertThat(response.body())
        .isEqualTo(
            "{\"timestamp\":\"2026-11-22 14:00:07Z\",\"trace_id\":\"t\",\"correlation_id\":\"c\"}");
  }

  @Test
  void scope() throws IOException {
    refuse(Refusal.of(StandardReason.SCOPE_INSUFFICIENT).withDetail("private"));

    assertThat(response.header("WWW-Authenticate"))
        .containsExactly(
            "Bearer realm=\"orders\", error=\"insufficient_scope\", error_description=\"TOK8004:"
                + " the access token does not have the scope that this resource asks for\","
                + " error_uri=\"https://shop.example/oauth/errors/8004\","
                + " scope=\"orders.read orders.write\"");
    assertThat(response.body()).contains("\"error\":\"insufficient_scope\"", "[8004]");
  }

  @ParameterizedTest
  @EnumSource(StandardReason.class)
  @DisplayName("whatever is told, the challenge can be read, and what is private stays so")
  void quoting(StandardReason reason) throws IOException {
    refuse(Refusal.of(reason, "access_token").withDetail("private"));

    assertThat(response.body()).doesNotContain("private");
    for (String challenge : response.header("WWW-Authenticate")) {
      assertThat(challenge)
          .doesNotContain("private")
          .matches("Bearer( [a-z_]+=\"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*\",?)+");
      assertThat(challenge.contains("scope="))
          .isEqualTo(reason.code() == ErrorCode.INSUFFICIENT_SCOPE);
    }
  }
}
