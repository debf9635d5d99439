package dev.postern.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Realm;
import dev.postern.it.Webapp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sample WAR's own page, which is a client: what the demo shows first. */
@Tag("browser")
@DisplayName(
    "Issue 6: login, consent, code, token, resource, refresh, revocation in a real browser")
final class DanceInBrowserIT {
  private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target");

  private static Container server;
  private static Chromium browser;

  @BeforeAll
  static void start() throws IOException {
    server = Containers.jetty().start(Webapp.sample());
    Files.createDirectories(TARGET.resolve("screenshots"));
    browser = Chromium.start(Files.createTempDirectory(TARGET, "chromium-"), "en");
  }

  @AfterAll
  static void stop() {
    try (Container last = server) {
      browser.close();
    }
  }

  @Test
  void the_whole_dance() {
    browser.show(1_100, 900, false);
    // The browser so knows the password that it would ask alice for.
    browser.open(
        server.uri().toString().replace("://", "://" + Realm.USER + ":" + Realm.PASSWORD + "@")
            + "/approve?client_id=spa");
    browser.open(server.uri() + "/");
    browser.complaints();

    browser.click("#login");
    await("h1", "May A client in your browser act for you?");
    picture("dance-consent");
    browser.click("button.approve");
    await("li:nth-child(1)", "Tokens for the code: 200");
    assertThat(browser.url()).isEqualTo(server.uri() + "/");
    browser.click("#orders");
    await("li:nth-child(2)", "The orders: 200 The orders that alice may read.");
    browser.click("#refresh");
    await("li:nth-child(3)", "New tokens: 200");
    browser.click("#revoke");
    await("li:nth-child(4)", "Taken back: 200");
    browser.click("#orders");
    await("li:nth-child(5)", "The orders: 401");
    browser.click("#refresh");
    await("li:nth-child(6)", "New tokens: 400");
    assertThat(browser.evaluate(text("li:nth-child(6)"))).contains("invalid_grant", "TOK3000");
    picture("dance");
  }

  @Test
  void no_is_an_answer_too() {
    browser.open(
        server.uri().toString().replace("://", "://" + Realm.USER + ":" + Realm.PASSWORD + "@")
            + "/approve?client_id=spa");
    browser.open(server.uri() + "/");

    browser.click("#login");
    await("h1", "May A client in your browser act for you?");
    browser.click("button.deny");

    await("li:nth-child(1)", "No code:  access_denied: TOK7010");
  }

  private static String text(String selector) {
    return "(document.querySelector('main " + selector + "') || {textContent: ''}).textContent";
  }

  /** The page's own requests take their time. */
  private static void await(String selector, String beginning) {
    browser.await(
        "document.readyState === 'complete' && "
            + text(selector)
            + ".startsWith('"
            + beginning
            + "')");
  }

  private static void picture(String name) {
    browser.screenshot(TARGET.resolve("screenshots").resolve(name + ".png"));
  }
}
