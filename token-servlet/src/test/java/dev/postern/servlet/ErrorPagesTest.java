package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Issue 4: the pages behind error_uri, over HTTP")
class ErrorPagesTest {
  private final ErrorPages pages = new ErrorPages();

  private FakeResponse answer(String path, FakeRequest request) throws IOException {
    FakeResponse response = new FakeResponse();
    pages.answer(path, request.build(), response.build());
    return response;
  }

  private static FakeRequest get() {
    return FakeRequest.post().method("GET");
  }

  @Test
  void a_page_is_html_in_utf_8_that_may_be_cached_and_runs_nothing() throws IOException {
    FakeResponse page = answer("/1003", get());

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).containsExactly("text/html;charset=utf-8");
    assertThat(page.header("Content-Language")).containsExactly("en");
    assertThat(page.header("Vary")).containsExactly("Accept-Language");
    assertThat(page.header("Cache-Control")).containsExactly("public, max-age=3600");
    assertThat(page.header("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(page.header("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(page.header("Content-Security-Policy"))
        .containsExactly(
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors 'none'");
    assertThat(page.header("Content-Length"))
        .containsExactly(Integer.toString(page.body().getBytes(StandardCharsets.UTF_8).length));
  }

  @Test
  void the_style_sheet() throws IOException {
    FakeResponse style = answer("/style.css", get());

    assertThat(style.header("Content-Type")).containsExactly("text/css;charset=utf-8");
    assertThat(style.header("Content-Language")).isEmpty();
    assertThat(style.header("Cache-Control")).containsExactly("public, max-age=3600");
    assertThat(style.body()).contains("prefers-color-scheme: dark");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "*", "W/\"x\",W/%s"})
  void what_the_browser_has_is_not_sent_again(String known) throws IOException {
    String tag = answer("/1003", get()).header("ETag").get(0);
    String line = known.formatted(tag);

    FakeResponse again = answer("/1003", get().header("If-None-Match", line));
    FakeResponse other =
        answer("/1003", get().header("If-None-Match", tag).header("Accept-Language", "ro"));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).containsExactly(tag);
    assertThat(again.header("Vary")).containsExactly("Accept-Language");
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void head_has_the_headers_of_get_and_no_body() throws IOException {
    FakeResponse get = answer("/1003", get());
    FakeResponse head = answer("/1003", FakeRequest.post().method("HEAD"));

    assertThat(head.headers()).isEqualTo(get.headers());
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"})
  void other_methods_are_not_allowed(String method) throws IOException {
    FakeResponse refused = answer("/1003", FakeRequest.post().method(method));

    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).containsExactly("GET, HEAD");
    assertThat(refused.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/9999", "/1003/", "/1003/x", "/<script>", "/style.css/x", "//"})
  void an_unknown_page_is_not_found_and_not_kept(String path) throws IOException {
    FakeResponse missing = answer(path, get());

    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Cache-Control")).containsExactly("no-store");
    assertThat(missing.header("Content-Security-Policy")).hasSize(1);
    assertThat(missing.body()).contains("There is no such page").doesNotContain("<script");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lang=ro          | en            | ro",
        "lang=en          | ro            | en",
        "lang=xx          | ro            | ro",
        "lang=%zz         | ro            | ro",
        "lang=            | ro            | ro",
        "lang=ro&lang=en  |               | ro",
        "x=y              | ro-RO, en;q=0.5 | ro",
      })
  void the_switch_wins_over_the_browser(String query, String accept, String language)
      throws IOException {
    FakeRequest request = get().query(query);
    if (accept != null) {
      request.header("Accept-Language", accept);
    }

    assertThat(answer("/1003", request).header("Content-Language")).containsExactly(language);
  }
}
