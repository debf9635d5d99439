package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.ErrorCode;
import dev.postern.core.IssuedTokens;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenResult;
import dev.postern.servlet.events.Trace;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc({"RFC6749-5.1", "RFC6749-5.2"})
@DisplayName("RFC 6749 s5: issuing an access token, error response")
class TokenResponseWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:07.987654321Z");
  private static final Trace TRACE = new Trace("trace-1", "correlation-1");
  private static final String BASIC = "Basic YTpi";
  private static final String CHALLENGE = "Basic realm=\"shop\", charset=\"UTF-8\"";

  private final dev.postern.servlet.Json json = new dev.postern.servlet.Json();
  private final TokenResponseWriter writer =
      new TokenResponseWriter(
          new JsonAnswers(() -> json, ErrorUris.below(URI.create("https://shop.example/oauth"))),
          "shop",
          new LinkedHashSet<>(List.of("Basic", "Badge")),
          Duration.ofSeconds(60));
  private final FakeResponse response = new FakeResponse();

  @AfterEach
  void close() {
    json.close();
  }

  private void refuse(Reason reason, String... authorization) throws IOException {
    FakeRequest request = FakeRequest.post();
    Stream.of(authorization).forEach(line -> request.header("Authorization", line));
    writer.write(
        Refusal.of(reason).withDetail("private"), NOW, TRACE, request.build(), response.build());
  }

  private JsonObject json() {
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  private void assertHeaders(String... more) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(List.of("Content-Type", "Content-Length", "Cache-Control", "Pragma"));
    names.addAll(List.of(more));
    assertThat(response.headers().keySet()).containsExactlyElementsOf(names);
    assertThat(response.header("Content-Type")).containsExactly("application/json");
    assertThat(response.header("Content-Length")).containsExactly("" + response.body().length());
    assertThat(response.header("Cache-Control")).containsExactly("no-store");
    assertThat(response.header("Pragma")).containsExactly("no-cache");
  }

  /** What is not in this table is 400 without a header of its own, 401 for invalid_client. */
  private static final Map<StandardReason, String> SPECIAL =
      new LinkedHashMap<>(
          Map.ofEntries(
              Map.entry(StandardReason.NO_SUCH_ENDPOINT, "404"),
              Map.entry(StandardReason.METHOD_NOT_ALLOWED, "405 Allow: POST"),
              Map.entry(StandardReason.BODY_INCOMPLETE, "400 Connection: close"),
              Map.entry(StandardReason.BODY_TOO_SLOW, "408 Connection: close"),
              Map.entry(StandardReason.BODY_TOO_LARGE, "413 Connection: close"),
              Map.entry(StandardReason.LOGIN_NOT_CONFIGURED, "500"),
              Map.entry(StandardReason.USER_UNFIT, "500"),
              Map.entry(StandardReason.TOO_MANY_CODES, "503 Retry-After: 5"),
              Map.entry(StandardReason.TOO_MANY_FAILURES, "429 Retry-After: 60"),
              Map.entry(StandardReason.INTROSPECTION_NOT_REGISTERED, "403"),
              Map.entry(StandardReason.INTERNAL_ERROR, "500"),
              Map.entry(StandardReason.STORE_UNAVAILABLE, "503 Retry-After: 5"),
              Map.entry(StandardReason.STORE_FULL, "503 Retry-After: 5"),
              Map.entry(StandardReason.KEY_UNAVAILABLE, "503 Retry-After: 5"),
              Map.entry(StandardReason.REALM_UNAVAILABLE, "503 Retry-After: 5"),
              Map.entry(StandardReason.CLIENTS_UNAVAILABLE, "503 Retry-After: 5"),
              Map.entry(StandardReason.SCHEMA_MISSING, "503 Retry-After: 5"),
              Map.entry(StandardReason.SCHEMA_OF_OTHER_VERSION, "503 Retry-After: 5"),
              Map.entry(StandardReason.TOO_BUSY, "503 Retry-After: 5")));

  private void assertAnswer(String expected) {
    String[] parts = expected.split("[ :]+", 3);
    assertThat(response.status()).isEqualTo(Integer.parseInt(parts[0]));
    if (parts.length > 1) {
      assertHeaders(parts[1]);
      assertThat(response.header(parts[1])).containsExactly(parts[2]);
    } else {
      assertHeaders();
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rfc({"RFC9110-15.5", "RFC9110-15.6"})
  void without_the_header(StandardReason reason) throws IOException {
    refuse(reason);

    assertAnswer(SPECIAL.getOrDefault(reason, "400"));
  }

  @ParameterizedTest
  @EnumSource
  @Rfc("RFC9110-15.5.2")
  @DisplayName("MUST respond with an HTTP 401 and include the WWW-Authenticate response header")
  void with_the_header(StandardReason reason) throws IOException {
    refuse(reason, BASIC);

    assertAnswer(
        reason.code() == ErrorCode.INVALID_CLIENT
            ? "401 WWW-Authenticate: " + CHALLENGE
            : SPECIAL.getOrDefault(reason, "400"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      value = {
        "Basic YTpi -> Basic realm=\"shop\", charset=\"UTF-8\"",
        "bAsIc YTpi -> Basic realm=\"shop\", charset=\"UTF-8\"",
        "Basic -> Basic realm=\"shop\", charset=\"UTF-8\"",
        "Basic !! -> Basic realm=\"shop\", charset=\"UTF-8\"",
        "Bearer x -> Basic realm=\"shop\", charset=\"UTF-8\"",
        // Of the scheme it used where we support that, in our spelling, never an echo.
        "Badge 7 -> Badge realm=\"shop\"",
        "bAdGe 7 -> Badge realm=\"shop\"",
        "Badges 7 -> Basic realm=\"shop\", charset=\"UTF-8\""
      })
  @Rfc("RFC7617-2")
  @DisplayName("matching the authentication scheme used by the client")
  void challenge(String authorization, String challenge) throws IOException {
    refuse(StandardReason.CLIENT_REFUSED, authorization);

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.header("WWW-Authenticate")).containsExactly(challenge);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x\r\nSet-Cookie:a=b y", "Badge\" 7", "ü 7"})
  void never_an_echo(String authorization) throws IOException {
    refuse(StandardReason.CLIENT_REFUSED, authorization);

    assertThat(response.header("WWW-Authenticate")).containsExactly(CHALLENGE);
  }

  @Test
  void several_headers_are_a_use_of_the_header() throws IOException {
    refuse(StandardReason.CLIENT_REFUSED, BASIC, "Badge 7");

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.header("WWW-Authenticate")).containsExactly(CHALLENGE);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one face for many causes: what is private leaves no trace in the answer")
  void faces(StandardReason reason) throws IOException {
    refuse(reason);
    FakeResponse other = new FakeResponse();
    writer.write(Refusal.of(reason.face()), NOW, TRACE, FakeRequest.post().build(), other.build());

    assertThat(response.body()).isEqualTo(other.body()).doesNotContain("private");
    assertThat(response.headers()).isEqualTo(other.headers());
    assertThat(response.status()).isEqualTo(other.status());
  }

  @ParameterizedTest
  @EnumSource
  void members_of_a_refusal(StandardReason reason) throws IOException {
    refuse(reason);

    assertThat(json().keySet())
        .containsExactly(
            "error",
            "error_description",
            "error_uri",
            "error_codes",
            "timestamp",
            "trace_id",
            "correlation_id");
    assertThat(json().getString("error_uri"))
        .isEqualTo("https://shop.example/oauth/errors/" + reason.face().number())
        .matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    assertThat(json().getString("error")).isEqualTo(reason.code().wire());
    // "MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E" (s5.2)
    assertThat(json().getString("error_description"))
        .isEqualTo(reason.face().label() + ": " + reason.face().text())
        .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
  }

  @Test
  void a_refusal_as_a_whole() throws IOException {
    writer.write(
        Refusal.of(StandardReason.PARAMETER_REPEATED, "scope"),
        NOW,
        TRACE,
        FakeRequest.post().build(),
        response.build());

    assertThat(json())
        .isEqualTo(
            Json.createObjectBuilder()
                .add("error", "invalid_request")
                .add("error_description", "TOK1003: a parameter is repeated: scope")
                .add("error_uri", "https://shop.example/oauth/errors/1003")
                .add("error_codes", Json.createArrayBuilder().add(1003))
                .add("timestamp", "2026-11-22 14:00:07Z")
                .add("trace_id", "trace-1")
                .add("correlation_id", "correlation-1")
                .build());
  }

  static Stream<ErrorCode> codes() {
    return Stream.of(ErrorCode.values());
  }

  @ParameterizedTest
  @MethodSource("codes")
  void a_reason_of_an_application_has_the_status_of_its_code(ErrorCode code) throws IOException {
    refuse(new OwnReason(code));

    assertThat(response.status())
        .isEqualTo(
            switch (code) {
              case SERVER_ERROR -> 500;
              case TEMPORARILY_UNAVAILABLE -> 503;
              default -> 400;
            });
    assertThat(json().getString("error_description")).isEqualTo("TOK7001: not on Sundays");
  }

  private void issue(
      Optional<String> refreshToken, boolean isScopeTold, Map<String, String> members)
      throws IOException {
    writer.write(
        new TokenResult.Issued(
            new IssuedTokens(
                Secret.of("a\"<ü"),
                "Bearer",
                Duration.ofMillis(599_999),
                refreshToken.map(Secret::of),
                Scope.of("orders.read b"),
                members),
            Proofs.basic("batch"),
            "client_credentials",
            "batch",
            isScopeTold,
            false),
        response.build());
  }

  @Test
  void tokens_as_a_whole() throws IOException {
    issue(Optional.of("r"), true, Map.of("tenant", "t"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(json().keySet())
        .containsExactly(
            "access_token", "token_type", "expires_in", "refresh_token", "scope", "tenant");
    assertThat(json())
        .isEqualTo(
            Json.createObjectBuilder()
                .add("access_token", "a\"<ü")
                .add("token_type", "Bearer")
                .add("expires_in", 599)
                .add("refresh_token", "r")
                .add("scope", "orders.read b")
                .add("tenant", "t")
                .build());
    assertThat(response.header("Content-Type")).containsExactly("application/json");
    assertThat(response.header("Cache-Control")).containsExactly("no-store");
    assertThat(response.header("Pragma")).containsExactly("no-cache");
  }

  @Test
  void without_refresh_token_and_with_the_scope_that_was_asked_for() throws IOException {
    issue(Optional.empty(), false, Map.of());

    assertThat(json().keySet()).containsExactly("access_token", "token_type", "expires_in");
  }

  @Test
  void the_length_counts_octets() throws IOException {
    issue(Optional.of("ü€😀"), false, Map.of());

    int octets = response.body().getBytes(StandardCharsets.UTF_8).length;
    assertThat(response.header("Content-Length")).containsExactly("" + octets);
  }

  @ParameterizedTest
  @CsvSource({"access_token", "token_type", "expires_in", "refresh_token", "scope"})
  @DisplayName("members of an extension cannot pass for ours, absent or not")
  void members_of_ours(String name) throws IOException {
    for (boolean isAllThere : List.of(true, false)) {
      Optional<String> refreshToken = isAllThere ? Optional.of("r") : Optional.empty();
      issue(refreshToken, isAllThere, Map.of());
      JsonObject without = json();
      response.build().reset();

      issue(refreshToken, isAllThere, Map.of(name, "forged"));

      assertThat(json()).isEqualTo(without);
      response.build().reset();
    }
  }

  @Test
  void preflight() {
    writer.writeEmpty(response.build());

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.header("Cache-Control")).containsExactly("no-store");
  }
}
