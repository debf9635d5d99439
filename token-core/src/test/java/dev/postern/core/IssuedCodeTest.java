package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.testing.Rfc;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 6749 s4.1.2: where the browser goes with the code")
class IssuedCodeTest {
  private static final Secret CODE = Secret.of("the-code");

  @Test
  void without_a_state() {
    IssuedCode issued = new IssuedCode(CODE, "https://shop.example/cb", Optional.empty());

    assertThat(issued.location(null)).isEqualTo("https://shop.example/cb?code=the-code");
    assertThat(issued.location("")).isEqualTo("https://shop.example/cb?code=the-code");
  }

  @Test
  @DisplayName("REQUIRED if the \"state\" parameter was present: the exact value received")
  void with_a_state() {
    IssuedCode issued = new IssuedCode(CODE, "https://shop.example/cb", Optional.empty());

    assertThat(issued.location("a b&c=\u00e9"))
        .isEqualTo("https://shop.example/cb?code=the-code&state=a%20b%26c%3D%C3%A9");
  }

  @Test
  @DisplayName("the query component MUST be retained when adding additional query parameters")
  void redirect_uri_with_a_query() {
    IssuedCode issued = new IssuedCode(CODE, "https://shop.example/cb?tenant=1", Optional.empty());

    assertThat(issued.location("s"))
        .isEqualTo("https://shop.example/cb?tenant=1&code=the-code&state=s");
  }

  @Test
  @Rfc("RFC9207-2")
  @DisplayName("an authorization server MUST include its issuer identifier")
  void with_an_issuer() {
    IssuedCode issued =
        new IssuedCode(CODE, "https://shop.example/cb", Optional.of("https://shop.example/a"));

    assertThat(issued.location("s"))
        .isEqualTo(
            "https://shop.example/cb?code=the-code&state=s&iss=https%3A%2F%2Fshop.example%2Fa");
  }

  @Test
  void prints_no_code() {
    assertThat(new IssuedCode(CODE, "https://shop.example/cb", Optional.empty()).toString())
        .doesNotContain("the-code");
  }
}
