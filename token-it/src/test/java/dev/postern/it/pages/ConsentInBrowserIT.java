package dev.postern.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Pkce;
import dev.postern.it.Realm;
import dev.postern.it.Webapp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application with FORM login on Tomcat; the client's page is on another origin. */
@Tag("browser")
@DisplayName("Issue 6: login and consent in a real browser")
final class ConsentInBrowserIT {
  private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target");
  private static final Path SCREENSHOTS = TARGET.resolve("screenshots");

  private static final String WEB_XML =
      """
      <filter><filter-name>oauth</filter-name>
        <filter-class>dev.postern.servlet.TokenFilter</filter-class></filter>
      <filter-mapping><filter-name>oauth</filter-name>
        <url-pattern>/oauth/*</url-pattern></filter-mapping>
      <login-config><auth-method>FORM</auth-method><form-login-config>
        <form-login-page>/login.html</form-login-page>
        <form-error-page>/login.html</form-error-page></form-login-config></login-config>
      """;

  private static final String CLIENTS =
      """
      {"clients": [
        {"client_id": "app", "client_name": "Shop for your desk",
         "token_endpoint_auth_method": "none", "grant_types": ["authorization_code"],
         "redirect_uris": ["http://127.0.0.1/callback.html"],
         "scope": "orders.read orders.write"}
      ]}
      """;

  private static final String LOGIN =
      """
      <!DOCTYPE html><title>Log in</title><h1>Log in</h1>
      <form method=post action=j_security_check>
      <input name=j_username><input name=j_password type=password><button>Log in</button></form>
      """;

  private static final Pkce PKCE = Pkce.random();

  private static Container server;
  private static Webapp webapp;
  private static Chromium browser;

  @BeforeAll
  static void start() throws IOException {
    webapp =
        Webapp.containing(WEB_XML)
            .with("WEB-INF/clients.json", CLIENTS)
            .with("WEB-INF/scopes.properties", "orders.read=See what you have ordered")
            .with("WEB-INF/scopes_ro.properties", "orders.read=Să vadă ce ați comandat")
            .with("login.html", LOGIN)
            .with("callback.html", "<!DOCTYPE html><title>Back</title><h1>Back again</h1>");
    server = Containers.tomcat().start(webapp);
    Files.createDirectories(TARGET);
    browser = Chromium.start(Files.createTempDirectory(TARGET, "chromium-"), "ro-RO,ro");
  }

  @AfterAll
  static void stop() {
    try (Webapp copy = webapp;
        Container last = server) {
      browser.close();
    }
  }

  @BeforeEach
  void logIn() {
    browser.show(1_100, 800, false);
    browser.open(request(""));
    if (browser.evaluate("document.title").equals("Log in")) {
      browser.type("input[name=j_username]", Realm.USER);
      browser.submit("input[name=j_password]", Realm.PASSWORD);
    }
    browser.complaints();
  }

  /** On localhost, while the client is on 127.0.0.1: that is another origin. */
  private static String request(String more) {
    return "http://localhost:"
        + server.port()
        + "/oauth/authorize?response_type=code&client_id=app&state=a%20b%26c"
        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A"
        + server.port()
        + "%2Fcallback.html&code_challenge="
        + PKCE.challenge()
        + "&code_challenge_method=S256"
        + more;
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').textContent");
  }

  @Test
  void after_the_login_the_user_is_asked_in_their_language() {
    assertThat(browser.evaluate("document.documentElement.lang")).isEqualTo("ro");
    assertThat(text("h1")).contains("Shop for your desk");
    assertThat(text("ul.scope")).contains("Să vadă ce ați comandat", "orders.write");
    assertThat(text("main")).contains(Realm.USER, "127.0.0.1");

    browser.follow("nav a[lang=en]");

    assertThat(text("h1")).isEqualTo("May Shop for your desk act for you?");
    assertThat(text("ul.scope")).contains("See what you have ordered");
    assertThat(browser.complaints()).isEqualTo("[]");
  }

  @Test
  void yes_sends_the_browser_to_the_client_with_a_code() {
    browser.follow("button.approve");

    assertThat(browser.complaints()).isEqualTo("[]");
    assertThat(text("h1")).isEqualTo("Back again");
    Map<String, String> query = Browser.query(browser.url());
    assertThat(query).containsOnlyKeys("code", "state").containsEntry("state", "a b&c");
    assertThat(browser.evaluate("document.referrer")).isEmpty();
  }

  @Test
  void no_sends_the_browser_to_the_client_without_one() {
    browser.follow("nav a[lang=en]");
    browser.follow("button.deny");

    assertThat(text("h1")).isEqualTo("Back again");
    assertThat(Browser.query(browser.url()))
        .containsEntry("error", "access_denied")
        .containsEntry("state", "a b&c")
        .doesNotContainKey("code");
    assertThat(browser.complaints()).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "1100, 800, false, consent-light",
    "1100, 800, true, consent-dark",
    "375, 700, false, consent-375",
    "320, 700, true, consent-320-dark"
  })
  void it_fits_on_the_screen(int width, int height, boolean isDark, String name) {
    browser.show(width, height, isDark);
    browser.open(request(""));
    browser.screenshot(SCREENSHOTS.resolve(name + ".png"));

    assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo("" + width);
  }

  @ParameterizedTest
  @CsvSource({"1100, 800, false, refused-light", "375, 700, true, refused-375-dark"})
  void a_refusal_is_a_page_too(int width, int height, boolean isDark, String name) {
    browser.show(width, height, isDark);
    browser.open(request("&client_id=nobody"));
    browser.screenshot(SCREENSHOTS.resolve(name + ".png"));

    assertThat(text("h1")).isEqualTo("Nu se poate continua");
    assertThat(text("main")).contains("TOK1003", "trace_id", "correlation_id");
    assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo("" + width);
  }
}
