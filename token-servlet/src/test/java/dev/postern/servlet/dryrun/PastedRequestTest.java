package dev.postern.servlet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.servlet.dryrun.PastedRequest.Header;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request that somebody pasted")
class PastedRequestTest {
  private static final Header FORM =
      new Header("Content-Type", "application/x-www-form-urlencoded");
  private static final Header BASIC = new Header("Authorization", "Basic YTpi");

  @Test
  void raw_http() {
    PastedRequest request =
        PastedRequest.parse(
            "POST /oauth/token HTTP/1.1\r\nHost: a.example\r\nAuthorization: Basic YTpi\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=x\r\n");

    assertThat(request)
        .isEqualTo(
            new PastedRequest(
                "POST",
                "/oauth/token",
                List.of(new Header("Host", "a.example"), BASIC, FORM),
                "grant_type=x"));
  }

  @Test
  void a_curl_command_of_several_lines() {
    PastedRequest request =
        PastedRequest.parse(
            """
            curl -s --max-time 5 -u a:b \\
              -d grant_type=client_credentials -d "scope=a b" --data-urlencode 'x=é&"' \\
              https://a.example/oauth/token
            """);

    assertThat(request)
        .isEqualTo(
            new PastedRequest(
                "POST",
                "https://a.example/oauth/token",
                List.of(BASIC, FORM),
                "grant_type=client_credentials&scope=a b&x=%C3%A9%26%22"));
  }

  @Test
  void what_curl_encodes() {
    String command = "curl --data-urlencode %s https://a.example/oauth/token";

    assertThat(PastedRequest.parse(command.formatted("=a=b")).body()).isEqualTo("a%3Db");
    assertThat(PastedRequest.parse(command.formatted("a@b=c@d")).body()).isEqualTo("a@b=c%40d");
    for (String ofFile : List.of("client_secret@secret.txt", "@body.txt")) {
      assertThatThrownBy(() -> PastedRequest.parse(command.formatted(ofFile)))
          .hasMessage("what is in a file is not known here");
    }
  }

  @Test
  void a_curl_command_with_values_attached_to_their_options() {
    assertThat(PastedRequest.parse("curl -sS -ua:b -dgrant_type=x https://a.example/oauth/token"))
        .isEqualTo(
            new PastedRequest(
                "POST", "https://a.example/oauth/token", List.of(BASIC, FORM), "grant_type=x"));
  }

  @Test
  @DisplayName("$'...', as browsers copy a request in which an exclamation mark or a quote stands")
  void a_curl_command_with_escapes() {
    String command =
        "curl https://a.example/oauth/token"
            + " --data-raw $'a=\\u0021b\\x2c\\\\ \\'c\\\"$d`\\r\\n\\t\\u00e9é'x";

    assertThat(PastedRequest.parse(command).body()).isEqualTo("a=!b,\\ 'c\"$d`\r\n\téé" + "x");
    assertThat(PastedRequest.parse("curl https://a/token -d $''").body()).isEmpty();
    // Within double quotes a backslash is one before most characters.
    assertThat(PastedRequest.parse("curl https://a/token -d \"a\\b\\\\c\\\"d\\$e\" -d f\\g").body())
        .isEqualTo("a\\b\\c\"d$e&fg");
  }

  @Test
  void a_curl_command_with_its_own_method_and_type() {
    PastedRequest request =
        PastedRequest.parse(
            "curl -X PUT -H 'content-type: text/plain' --data-raw x\\ y --url http://a/token");

    assertThat(request)
        .isEqualTo(
            new PastedRequest(
                "PUT", "http://a/token", List.of(new Header("content-type", "text/plain")), "x y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "{\"startedDateTime\":\"x\",\"request\":%s}",
        "{\"log\":{\"entries\":[{\"request\":%s},{}]}}"
      })
  void an_entry_of_a_har_file(String around) {
    String request =
        """
        {"method":"POST","url":"https://a.example/oauth/token","headersSize":-1,
         "headers":[{"name":"Authorization","value":"Basic YTpi"}],
         "postData":{"mimeType":"x","text":"grant_type=x"}}""";

    assertThat(PastedRequest.parse(around.formatted(request)))
        .isEqualTo(
            new PastedRequest(
                "POST", "https://a.example/oauth/token", List.of(BASIC), "grant_type=x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "POST",
        "POST /token HTTP/1.1\nnocolon",
        "curl",
        "curl -s",
        "curl 'open",
        "curl https://a/token -d $'open",
        "curl https://a/token -d $'open\\",
        "curl https://a/token -d $'open\\'",
        "curl https://a/token -d $'\\u12'",
        "curl https://a/token -d $'\\xE9'",
        "curl https://a/token -d $'\\c'",
        "curl https://a/token -d",
        "curl https://a/token -G -d a=b",
        "curl https://a/token -F a=b",
        "curl https://a/token --json {}",
        "curl https://a/token -d @file",
        "{}",
        "{",
        "{\"log\":{\"entries\":[]}}",
        "{\"request\":{\"method\":1}}"
      })
  void what_is_none_is_told_without_repeating_it(String text) {
    assertThatThrownBy(() -> PastedRequest.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/oauth/token, true",
    "https://a.example/auth/token?x=1, true",
    "/token/, false",
    "/oauth/introspect, false",
    "https://a.example, false"
  })
  void its_path(String target, boolean isFor) {
    assertThat(new PastedRequest("POST", target, List.of(), "").isFor("/oauth/token"))
        .isEqualTo(isFor);
  }

  @Test
  void prints_nothing_of_it() {
    PastedRequest request = new PastedRequest("POST", "/token?code=c", List.of(BASIC), "code=c");

    assertThat(request + " " + BASIC).isEqualTo("PastedRequest Authorization");
  }
}
