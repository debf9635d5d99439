package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Issue 4: redirect_uri differs only by trailing slash, case, scheme, port or encoding")
class UriDifferenceTest {
  private static final String RIGHT = "https://shop.example/cb/one?from=login";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://shop.example/cb/one/?from=login           | a slash at the end",
        "https://shop.example/cb/One?from=login            | upper and lower case",
        "https://shop.example/cb/one?from=LOGIN            | upper and lower case",
        "https://SHOP.example/cb/one?from=login            | upper and lower case",
        "HTTPS://shop.example/cb/one?from=login            | upper and lower case",
        "http://shop.example/cb/one?from=login             | the scheme",
        "https://shop.example:443/cb/one?from=login        | the port",
        "https://shop.example:8443/cb/one?from=login       | the port",
        "https://shop.example/cb%2Fone?from=login          | percent-encoding",
        "https://shop.example/cb/%6Fne?from=login          | percent-encoding",
        "https://shop.example/cb/one?from%3Dlogin          | percent-encoding",
        "https%3A%2F%2Fshop.example%2Fcb%2Fone%3Ffrom%3Dlogin | percent-encoding",
        "' https://shop.example/cb/one?from=login '        | white space at the ends",
        "http://shop.example:8080/cb/one/?from=login | a slash at the end, the port, the scheme",
        "https://shop.example/cb/%4Fne/?from=login   "
            + "| a slash at the end, percent-encoding, upper and lower case"
      })
  void near_ones_in_words(String sent, String words) {
    assertThat(UriDifference.inWords(RIGHT, sent)).contains("differs only in " + words);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080/cb, http://127.0.0.1:8080/cb, localhost by name or by number",
    "http://[::1]/cb, http://localhost:1234/cb, 'localhost by name or by number, the port'",
    "https://shop.example, https://shop.example/, a slash at the end",
    "com.example.app:/cb, com.example.app:/CB, upper and lower case",
    "https://shop.example/a%20b, https://shop.example/a b, percent-encoding"
  })
  void other_kinds(String right, String sent, String words) {
    assertThat(UriDifference.inWords(right, sent)).contains("differs only in " + words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example/cb/one?from=login",
        "https://shop.example/cb",
        "https://shop.example/cb/one",
        "https://shop.example/cb/one?from=login&x=1",
        "https://shop.example/cb/one?from=login#",
        "https://shop.example.evil.example/cb/one?from=login",
        "https://user@shop.example/cb/one?from=login",
        "https://evil.example/cb/one?from=login",
        "https://shop.example:x/cb/one?from=login",
        "https://localhost/cb/one?from=login",
        "shop",
        "*",
        "%",
        "%zz",
        ":",
        "",
        "\n"
      })
  void the_same_and_far_ones_are_no_near_miss(String sent) {
    assertThat(UriDifference.inWords(RIGHT, sent)).isEmpty();
  }

  @Test
  void the_longest_that_may_be_sent_takes_no_time() {
    String hostile = "https://" + "%41".repeat(1_300) + ":::///" + "a/".repeat(40);

    assertThat(UriDifference.inWords(RIGHT, hostile)).isEmpty();
  }
}
