package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 6749 s4.1.2: where the browser goes with the code")
class IssuedCodeTest {
  private static final Secret CODE = Secret.of("the-code");

  @Test
  void without_a_state() {
    IssuedCode issued = new IssuedCode(CODE, "https://shop.example/cb");

    assertThat(issued.location(null)).isEqualTo("https://shop.example/cb?code=the-code");
    assertThat(issued.location("")).isEqualTo("https://shop.example/cb?code=the-code");
  }

  @Test
  @DisplayName("REQUIRED if the \"state\" parameter was present: the exact value received")
  void with_a_state() {
    IssuedCode issued = new IssuedCode(CODE, "https://shop.example/cb");

    assertThat(issued.location("a b&c=\u00e9"))
        .isEqualTo("https://shop.example/cb?code=the-code&state=a%20b%26c%3D%C3%A9");
  }

  @Test
  @DisplayName("the query component MUST be retained when adding additional query parameters")
  void redirect_uri_with_a_query() {
    IssuedCode issued = new IssuedCode(CODE, "https://shop.example/cb?tenant=1");

    assertThat(issued.location("s"))
        .isEqualTo("https://shop.example/cb?tenant=1&code=the-code&state=s");
  }

  @Test
  void prints_no_code() {
    assertThat(new IssuedCode(CODE, "https://shop.example/cb").toString())
        .doesNotContain("the-code");
  }
}
