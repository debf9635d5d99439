package dev.postern.it.pages;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's Chromium without a window, driven through its chromedriver (W3C WebDriver), which speaks
 * JSON over HTTP. One browser with a profile of its own, gone when it is closed.
 */
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ENTER = "\uE007";
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Path folder;
  private final Process driver;
  private final URI session;

  private Chromium(Path folder, String language) {
    this.folder = folder;
    int port = freePort();
    this.driver = start(port);
    URI base = URI.create("http://127.0.0.1:" + port + "/session");
    awaitReady(URI.create("http://127.0.0.1:" + port + "/status"));
    JsonObject value = send("POST", base, capabilities(language)).asJsonObject();
    this.session = URI.create(base + "/" + value.getString("sessionId"));
  }

  /** A browser whose user prefers this language; its profile is in {@code folder}. */
  static Chromium start(Path folder, String language) {
    return new Chromium(folder, language);
  }

  private Process start(int port) {
    try {
      return new ProcessBuilder("chromedriver", "--port=" + port, "--log-level=WARNING")
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("chromedriver.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("is chromium-driver installed? .ci/run does it", e);
    }
  }

  private JsonObject capabilities(String language) {
    List<String> arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--accept-lang=" + language,
            "--user-data-dir=" + folder.resolve("profile"));
    JsonObjectBuilder options =
        Json.createObjectBuilder().add("args", Json.createArrayBuilder(arguments));
    return Json.createObjectBuilder()
        .add(
            "capabilities",
            Json.createObjectBuilder()
                .add(
                    "alwaysMatch",
                    Json.createObjectBuilder()
                        .add("browserName", "chrome")
                        .add("goog:chromeOptions", options)
                        .add(
                            "goog:loggingPrefs", Json.createObjectBuilder().add("browser", "ALL"))))
        .build();
  }

  void open(String url) {
    command("url", Json.createObjectBuilder().add("url", url).build());
  }

  String url() {
    return ((JsonString) send("GET", at("url"), JsonValue.EMPTY_JSON_OBJECT)).getString();
  }

  /** What a JavaScript expression is worth in the page, as text; the page itself has no script. */
  String evaluate(String expression) {
    JsonObject call =
        Json.createObjectBuilder()
            .add("script", "return String(" + expression + ")")
            .add("args", Json.createArrayBuilder())
            .build();
    return ((JsonString) command("execute/sync", call)).getString();
  }

  /**
   * Waits until an expression is true. The document may be replaced while it is asked, which the
   * driver reports as an error of the question; so errors count only once patience is at its end.
   */
  void await(String condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (evaluate(condition).equals("true")) {
          return;
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError("never true: " + condition);
        }
      } catch (IllegalStateException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      Thread.onSpinWait();
    }
  }

  /** Clicks the first element that this CSS selector finds, as a user would. */
  void click(String selector) {
    command("element/" + element(selector) + "/click", JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Clicks a link or a button and waits for the page behind it. */
  void follow(String selector) {
    toAnotherPage(() -> click(selector));
  }

  /** Types into a form's last field, sends the form with the Enter key and waits for its answer. */
  void submit(String selector, String text) {
    toAnotherPage(() -> type(selector, text + ENTER));
  }

  /** The driver does not know of a navigation before it has begun, so it cannot wait for it. */
  private void toAnotherPage(Runnable action) {
    evaluate("window.isLeftSoon = true");
    action.run();
    await("window.isLeftSoon === undefined && document.readyState === 'complete'");
  }

  /** Types into the element; {@code \uE004} is the Tab key. */
  void type(String selector, String text) {
    command(
        "element/" + element(selector) + "/value",
        Json.createObjectBuilder().add("text", text).build());
  }

  private String element(String selector) {
    JsonObject found =
        command(
                "element",
                Json.createObjectBuilder()
                    .add("using", "css selector")
                    .add("value", selector)
                    .build())
            .asJsonObject();
    return found.getString(ELEMENT);
  }

  /** Shows pages on a screen of this size, in light or dark. */
  void show(int width, int height, boolean isDark) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Json.createObjectBuilder()
            .add("width", width)
            .add("height", height)
            .add("deviceScaleFactor", 1)
            .add("mobile", false));
    devTools(
        "Emulation.setEmulatedMedia",
        Json.createObjectBuilder()
            .add(
                "features",
                Json.createArrayBuilder()
                    .add(
                        Json.createObjectBuilder()
                            .add("name", "prefers-color-scheme")
                            .add("value", isDark ? "dark" : "light"))));
  }

  /** The whole page as a picture (PNG). */
  void screenshot(Path file) {
    JsonObject picture =
        devTools(
                "Page.captureScreenshot",
                Json.createObjectBuilder().add("format", "png").add("captureBeyondViewport", true))
            .asJsonObject();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(picture.getString("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the browser complained of since it was asked last, such as of the policy of a page; that a
   * site has no icon, which it asks for when it likes, is no complaint about a page.
   */
  String complaints() {
    return command("se/log", Json.createObjectBuilder().add("type", "browser").build())
        .asJsonArray()
        .stream()
        .map(JsonValue::toString)
        .filter(complaint -> !complaint.contains("/favicon.ico "))
        .toList()
        .toString();
  }

  /**
   * Commands that may be repeated. A page that was loaded may not be laid out yet, which the
   * browser reports as an error; so errors count only once patience is at its end.
   */
  private JsonValue devTools(String command, JsonObjectBuilder parameters) {
    JsonObject call =
        Json.createObjectBuilder().add("cmd", command).add("params", parameters).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return command("goog/cdp/execute", call);
      } catch (IllegalStateException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      Thread.onSpinWait();
    }
  }

  private JsonValue command(String path, JsonObject body) {
    return send("POST", at(path), body);
  }

  private URI at(String path) {
    return URI.create(session + "/" + path);
  }

  private JsonValue send(String method, URI target, JsonObject body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(PATIENCE);
    if (method.equals("POST")) {
      request.POST(BodyPublishers.ofString(body.toString()));
    } else {
      request.method(method, BodyPublishers.noBody());
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(target + ": " + response.body());
      }
      try (JsonReader json = Json.createReader(new StringReader(response.body()))) {
        return json.readObject().get("value");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitReady(URI status) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (send("GET", status, JsonValue.EMPTY_JSON_OBJECT).asJsonObject().getBoolean("ready")) {
          return;
        }
      } catch (UncheckedIOException e) {
        if (!driver.isAlive() || System.nanoTime() > deadline) {
          throw e;
        }
      }
      Thread.onSpinWait();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      send("DELETE", session, JsonValue.EMPTY_JSON_OBJECT);
    } finally {
      driver.descendants().forEach(ProcessHandle::destroy);
      driver.destroy();
      try {
        driver.waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
