package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.RawHttp;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens the page that the {@code error_uri} of a refusal leads to, in each language: of each number
 * the first that comes along, be it in JSON, in a redirect, or on a page for a person. Thread-safe.
 */
final class ErrorUriPages {
  private static final List<String> LANGUAGES = List.of("en", "ro");

  private final Set<String> opened = ConcurrentHashMap.newKeySet();

  /**
   * Opens what {@code answer} leads to.
   *
   * @param errorPages below which path the application has its pages; empty if it has none
   */
  void open(Answer answer, RawHttp http, String errorPages) {
    if (answer.status() < 300 || errorPages.isEmpty()) {
      return;
    }
    // The origin is not always one where this test could ask.
    Matcher page =
        Pattern.compile("https?://[^/\\s\"]+(" + Pattern.quote(errorPages) + "(\\d{4}))\\b")
            .matcher(location(answer) + "\n" + answer);
    if (page.find() && opened.add(page.group(2))) {
      for (String language : LANGUAGES) {
        assertPage(http.send("GET", page.group(1), "Accept-Language: " + language), page, language);
      }
      Provoked.opened(Integer.parseInt(page.group(2)));
    }
  }

  private static String location(Answer answer) {
    return answer.headers("Location").stream()
        .findFirst()
        .filter(uri -> uri.contains("error_uri="))
        .map(uri -> URLDecoder.decode(uri, StandardCharsets.UTF_8))
        .orElse("");
  }

  private static void assertPage(Answer answer, Matcher page, String language) {
    assertThat(answer.status()).as(page.group()).isEqualTo(200);
    assertThat(answer.header("Content-Language")).as(page.group()).hasValue(language);
    assertThat(answer.text())
        .contains("<html lang=\"" + language + "\">", "<h1>", "TOK" + page.group(2))
        .endsWith("</html>\n");
  }
}
