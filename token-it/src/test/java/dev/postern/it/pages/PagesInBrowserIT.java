package dev.postern.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.RawHttp;
import dev.postern.it.Realm;
import dev.postern.it.Webapp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample WAR on Jetty, seen by somebody whose browser prefers Romanian. */
@Tag("browser")
@DisplayName("Issue 4: the pages in a real browser")
final class PagesInBrowserIT {
  private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target");
  private static final Path SCREENSHOTS = TARGET.resolve("screenshots");
  private static final String TAB = "\uE004";

  /** WCAG 2.2 s1.4.3: the contrast of an element's text with what is behind it. */
  private static final String CONTRAST =
      """
      (function(selector) {
        const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
        const light = colour => numbers(colour).slice(0, 3)
            .map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4))
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => {
          const colour = getComputedStyle(element).backgroundColor;
          return numbers(colour).length === 4 && numbers(colour)[3] === 0
              ? behind(element.parentElement) : colour;
        };
        return Math.min(...[...document.querySelectorAll(selector)].map(element => {
          const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }));
      })('%s')
      """;

  private static Container server;
  private static Chromium browser;
  private static String errors;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty("postern.adminRole", Realm.ROLE);
    try {
      server = Containers.jetty().start(Webapp.sample());
    } finally {
      System.clearProperty("postern.adminRole");
    }
    errors = "http://127.0.0.1:" + server.port() + "/oauth/errors/";
    Files.createDirectories(TARGET);
    browser = Chromium.start(Files.createTempDirectory(TARGET, "chromium-"), "ro-RO,ro");
  }

  @AfterAll
  static void stop() {
    try (Container last = server) {
      browser.close();
    }
  }

  @BeforeEach
  void wideAndLight() {
    browser.show(1_100, 800, false);
    browser.complaints();
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').textContent");
  }

  private static String style(String selector, String property) {
    return browser.evaluate(
        "getComputedStyle(document.querySelector('" + selector + "'))['" + property + "']");
  }

  @Test
  void a_page_is_shown_in_the_language_that_the_browser_prefers_with_its_style() {
    browser.open(errors + "2103");

    assertThat(browser.evaluate("document.documentElement.lang")).isEqualTo("ro");
    assertThat(text("h1")).isEqualTo("TOK2103 Secretul este corect, dar a expirat");
    assertThat(browser.evaluate("document.title"))
        .isEqualTo("TOK2103 Secretul este corect, dar a expirat \u00B7 Postern");
    assertThat(style("main", "width")).isEqualTo("736px");
    assertThat(browser.evaluate("document.characterSet")).isEqualTo("UTF-8");
    assertThat(browser.complaints()).isEqualTo("[]");
  }

  @Test
  void the_switch_changes_the_language_and_the_links_keep_it() {
    browser.open(errors + "1003");
    browser.follow("nav a[lang=en]");
    assertThat(browser.url()).isEqualTo(errors + "1003?lang=en");
    assertThat(text("h1")).isEqualTo("TOK1003 A parameter is repeated");

    browser.follow("a.home");
    assertThat(text("h1")).isEqualTo("What the numbers mean");
    browser.follow("a[href^=\"3103\"]");
    assertThat(text("h1")).startsWith("TOK3103 The code was used before");

    browser.follow("nav a[lang=ro]");
    assertThat(text("h1")).startsWith("TOK3103 Codul a mai fost folosit");
    browser.follow("ul.numbers a, p.private a");
    assertThat(browser.url()).isEqualTo(errors + "3000?lang=ro");
  }

  @ParameterizedTest
  @CsvSource({"tok2103, 1, 2103", "SECRET_EXPIRED, 1, 2103", "reimprospatare familie, 1, 3203"})
  void a_search_finds_and_its_field_stays_empty(String words, int atLeast, String number) {
    browser.open(errors);
    browser.submit("#q", words);

    assertThat(browser.url()).startsWith(errors + "?q=");
    assertThat(browser.evaluate("document.querySelector('#q').value")).isEmpty();
    assertThat(Integer.parseInt(browser.evaluate("document.querySelectorAll('.numbers a').length")))
        .isGreaterThanOrEqualTo(atLeast);
    browser.follow(".numbers a[href=\"" + number + "\"]");
    assertThat(text("h1")).startsWith("TOK" + number);
    assertThat(browser.complaints()).isEqualTo("[]");
  }

  @Test
  void a_search_from_a_page_in_another_language_stays_in_it() {
    browser.open(errors + "?lang=en");
    browser.submit("#q", "zqxnothing");

    assertThat(text("h1")).isEqualTo("What was found");
    assertThat(text("main")).contains("Nothing.").doesNotContain("zqx");
  }

  @Test
  void in_the_dark_it_is_dark() {
    browser.open(errors + "2000");
    String day = style("body", "backgroundColor");

    browser.show(1_100, 800, true);

    assertThat(day).isEqualTo("rgb(251, 250, 247)");
    assertThat(style("body", "backgroundColor")).isEqualTo("rgb(20, 23, 26)");
    assertThat(style("body", "color")).isEqualTo("rgb(232, 230, 225)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void text_can_be_read_by_day_and_by_night(boolean isDark) {
    browser.show(1_100, 800, isDark);
    for (String page : new String[] {"", "2000", "2103", "9999"}) {
      browser.open(errors + page);

      double least =
          Double.parseDouble(
              browser.evaluate(
                  CONTRAST
                      .strip()
                      .formatted(
                          "h1, h2, h3, p, li, a, code, mark, dt, dd, span, label, button, input")));
      assertThat(least).as("contrast of " + page).isGreaterThanOrEqualTo(4.5);
    }
  }

  @Test
  void on_a_phone_nothing_has_to_be_scrolled_sideways() {
    browser.show(375, 667, false);
    for (String language : new String[] {"en", "ro"}) {
      assertFits("?lang=" + language);
      assertFits("?lang=" + language + "&q=token");
      assertFits("none?lang=" + language);
      for (StandardReason reason : StandardReason.values()) {
        assertFits(reason.number() + "?lang=" + language);
      }
    }
    // An unknown page is a 404, which the browser tells; nothing else is to be told.
    assertThat(browser.complaints()).doesNotContain("Security");
  }

  private static void assertFits(String page) {
    browser.open(errors + page);
    assertThat(browser.evaluate("document.documentElement.scrollWidth")).as(page).isEqualTo("375");
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('main *')].filter(e =>"
                    + " e.getBoundingClientRect().right > 375).length"))
        .as(page)
        .isEqualTo("0");
  }

  @Test
  void the_keyboard_gets_everywhere_and_is_seen() {
    browser.open(errors);
    browser.type("body", TAB);
    assertThat(browser.evaluate("document.activeElement.className")).isEqualTo("skip");
    assertThat(browser.evaluate("document.activeElement.getBoundingClientRect().left >= 0"))
        .isEqualTo("true");

    browser.type("a.skip", TAB);
    assertThat(browser.evaluate("document.activeElement.className")).isEqualTo("home");
    assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");
    browser.type("#q", TAB);
    assertThat(browser.evaluate("document.activeElement.tagName")).isEqualTo("BUTTON");
    assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");
  }

  @Test
  void recent_refusals_for_the_administrator() {
    RawHttp http = RawHttp.to(server);
    for (int i = 0; i < 7; i++) {
      http.postForm("/oauth/token", "grant_type=x&client_id=batch&client_secret=guess");
      http.postForm("/oauth/token", "scope=a&scope=b&client_id=shop-app");
    }
    http.postForm("/oauth/token", "client_id=%3Cscript%3Ealert(1)%3C/script%3E&client_secret=x");
    String list =
        errors.replace("://", "://" + Realm.USER + ":" + Realm.PASSWORD + "@") + "traces/?lang=en";

    browser.open(list);

    assertThat(text("h1")).isEqualTo("Recent refusals");
    assertThat(browser.evaluate("document.querySelectorAll('svg rect').length")).isNotEqualTo("0");
    pictures("traces-en");
    browser.follow(".numbers li:nth-child(2) a");
    assertThat(text("h1")).isEqualTo("TOK1003 A parameter is repeated");
    assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo("375");
    pictures("trace-en");
    assertThat(browser.complaints()).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "index, ''",
    "index-en, ?lang=en",
    "search, ?q=expirat",
    "page-1003-en, 1003?lang=en",
    "page-1003, 1003",
    "page-2000-en, 2000?lang=en",
    "page-2103, 2103",
    "page-3103-en, 3103?lang=en",
    "page-2004-en, 2004?lang=en",
    "missing-en, 9999?lang=en"
  })
  void pictures_to_look_at(String name, String page) {
    browser.open(errors + page);
    pictures(name);

    assertThat(SCREENSHOTS.resolve(name + "-dark-375.png")).isNotEmptyFile();
  }

  private static void pictures(String name) {
    for (boolean isDark : new boolean[] {false, true}) {
      String mode = isDark ? "-dark" : "-light";
      browser.show(1_100, 800, isDark);
      browser.screenshot(SCREENSHOTS.resolve(name + mode + ".png"));
      browser.show(375, 667, isDark);
      browser.screenshot(SCREENSHOTS.resolve(name + mode + "-375.png"));
    }
  }
}
