package dev.postern.servlet.request;

import static dev.postern.servlet.Outcomes.passed;
import static dev.postern.servlet.Outcomes.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Outcome;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.Rfc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6750-2.1")
@DisplayName("RFC 6750 s2.1: the Authorization request header field")
class BearerTokenTest {
  private static Outcome<Secret> of(String... lines) {
    FakeRequest request = FakeRequest.post();
    for (String line : lines) {
      request.header("Authorization", line);
    }
    return BearerToken.of(request.build());
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer mF_9.B5f-4.1JqM, mF_9.B5f-4.1JqM",
    "bearer mF_9.B5f-4.1JqM, mF_9.B5f-4.1JqM",
    "BEARER   a, a",
    "' Bearer a ', a",
    "Bearer aA0-._~+/==, aA0-._~+/=="
  })
  void a_token(String line, String token) {
    assertThat(passed(of(line)).reveal()).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer =",
        "Bearer a b",
        "Bearer a,b",
        "Bearer a, Basic YTpi",
        "Bearer \"a\"",
        "Bearer a=b",
        "Bearer a===",
        "Bearer {\"access_token\":\"a\"}",
        "Bearer \u00FC",
        "Bearer a\tb"
      })
  void no_token(String line) {
    assertThat(reason(of(line))).isEqualTo(StandardReason.BEARER_TOKEN_MALFORMED);
  }

  @Test
  void a_long_one() {
    assertThat(passed(of("Bearer " + "a".repeat(16_000))).reveal()).hasSize(16_000);
    assertThat(reason(of("Bearer " + "a".repeat(16_001))))
        .isEqualTo(StandardReason.BEARER_TOKEN_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic YTpi", "BearerX a", "Bearer\ta", "DPoP a", "a"})
  void another_scheme_is_no_token(String line) {
    assertThat(reason(of(line))).isEqualTo(StandardReason.BEARER_TOKEN_MISSING);
  }

  @Test
  void none_and_several() {
    assertThat(reason(of())).isEqualTo(StandardReason.BEARER_TOKEN_MISSING);
    assertThat(reason(of("Bearer a", "Bearer a")))
        .isEqualTo(StandardReason.SEVERAL_AUTHORIZATION_HEADERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"access_token=a", "x=y&access_token", "%61ccess_token=a", "access_token="})
  @Rfc({"RFC6750-2.3", "RFC9700-4.3.2"})
  void in_the_query(String query) {
    FakeRequest request = FakeRequest.post().query(query);
    Outcome<Secret> alone = BearerToken.of(request.build());
    Outcome<Secret> beside = BearerToken.of(request.header("Authorization", "Bearer a").build());

    assertThat(reason(alone)).isEqualTo(StandardReason.ACCESS_TOKEN_IN_QUERY);
    assertThat(reason(beside)).isEqualTo(StandardReason.ACCESS_TOKEN_IN_QUERY);
  }

  @Test
  void what_it_looks_like_in_words() {
    assertThat(BearerToken.form(Secret.of("eyJhbGciOiJ.eyJpc3Mi.sig"))).startsWith("it is a JWT");
    assertThat(BearerToken.form(Secret.of("a".repeat(65)))).contains("refresh token");
    assertThat(BearerToken.form(Secret.of("a".repeat(43)))).isEmpty();
    assertThat(BearerToken.form(Secret.of("eyJ"))).isEmpty();
  }
}
