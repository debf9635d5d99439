package dev.postern.servlet.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Issue 6: what a person sees of the authorization endpoint")
class AuthorizationPagesTest {
  private static final AuthorizationPages PAGES = new AuthorizationPages();
  private static final String HOSTILE = "<script>'\"&";

  private static PageRequest in(String uiLocales, String acceptLanguage) {
    return new PageRequest("", uiLocales, acceptLanguage, "");
  }

  private static ConsentView view(String client, List<String> scope) {
    return new ConsentView(
        client,
        "alice",
        scope,
        Instant.parse("2027-01-31T23:59:59Z"),
        "shop.example",
        "authorize",
        Map.of("state", HOSTILE),
        "postern_answer",
        "?client_id=shop&ui_locales=");
  }

  private static Page refused(StandardReason reason, PageRequest request) {
    return PAGES.refused(Refusal.of(reason, "scope"), "trace-1", "correlation-1", "/e", request);
  }

  /** One of each kind. */
  static List<Page> all(String language) {
    PageRequest request = in(language, "");
    return List.of(
        PAGES.consent(view("{client}", List.of("profile")), request),
        PAGES.consent(view("{client}", List.of()), request),
        refused(StandardReason.CLIENT_NOT_ACCEPTED, request),
        refused(StandardReason.STORE_UNAVAILABLE, request),
        refused(StandardReason.CONSENT_NOT_OURS, request));
  }

  @Test
  void what_comes_from_elsewhere_is_text() {
    Page page = PAGES.consent(view(HOSTILE, List.of(HOSTILE)), in("", ""));

    assertThat(page.text())
        .doesNotContain("<script", "='", "value=\"<")
        .contains("value=\"&lt;script&gt;&#39;&quot;&amp;\"");
  }

  @Test
  void the_private_cause_is_not_shown() {
    assertThat(refused(StandardReason.CLIENT_DISABLED_HERE, in("", "")).text())
        .contains("TOK7001", "trace-1", "correlation-1", "href=\"/e\"")
        .doesNotContain("7102", "disabled");
  }

  @ParameterizedTest
  @CsvSource({
    "'', ro, ro",
    "'', 'fr, ro;q=0.5', ro",
    "'', fr, en",
    "en, ro, en",
    "fr-CA ro-RO en, en, ro",
    "fr, ro, ro",
    "<x> ../, ro, ro"
  })
  @DisplayName("ui_locales first, then what the browser prefers")
  void language(String uiLocales, String acceptLanguage, String language) {
    PageRequest request = in(uiLocales, acceptLanguage);

    assertThat(PAGES.language(request)).isEqualTo(language);
    assertThat(PAGES.consent(view("Shop", List.of()), request).language()).isEqualTo(language);
  }

  @Test
  void who_has_to_mend_it() {
    List<Page> pages = all("en");

    assertThat(pages.get(2).text()).contains("The application that sent you here");
    assertThat(pages.get(3).text()).contains("Something is wrong with this server");
    assertThat(pages.get(4).text()).contains("start again");
  }
}
