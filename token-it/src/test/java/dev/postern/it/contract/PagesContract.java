package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.NO_SUCH_ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("error_uri leads to a page that explains the refusal")
@Rfc("RFC6749-5.2")
abstract class PagesContract extends Contract {
  PagesContract(Running running) {
    super(running);
  }

  @Test
  void the_page_of_a_real_refusal_can_be_opened() {
    Answer refused = shop().token(CLIENT_CREDENTIALS, Endpoint.basic("nobody", "x"));
    JsonObject body = shop().assertRefused(refused, 401, CLIENT_REFUSED, CLIENT_UNKNOWN);
    URI page = URI.create(body.getString("error_uri"));

    Answer opened = shop().send("GET", page.getRawPath());

    assertThat(page.getAuthority()).isEqualTo("127.0.0.1:" + shop().http().port());
    assertThat(opened.status()).isEqualTo(200);
    assertThat(opened.header("Content-Type").orElse("").replace(" ", "").toLowerCase(Locale.ROOT))
        .isEqualTo("text/html;charset=utf-8");
    assertThat(opened.header("Content-Language")).hasValue("en");
    assertThat(opened.header("Cache-Control")).hasValue("public, max-age=3600");
    assertThat(opened.headers("Set-Cookie")).isEmpty();
    assertThat(opened.header("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'");
    assertThat(opened.text()).contains("TOK2000", "The client could not be authenticated");
  }

  @ParameterizedTest
  @EnumSource(StandardReason.class)
  void every_number_has_its_page_in_every_language(StandardReason reason) {
    for (String language : List.of("en", "ro")) {
      Answer page =
          shop()
              .send("GET", "/shop/oauth/errors/" + reason.number(), "Accept-Language: " + language);

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("Content-Language")).hasValue(language);
      assertThat(page.text())
          .contains("<html lang=\"" + language + "\">", reason.label(), reason.name())
          .endsWith("</html>\n");
    }
  }

  @Test
  void a_page_that_the_browser_has_is_not_sent_again() {
    Answer page = shop().send("GET", "/shop/oauth/errors/1003");
    String tag = page.header("ETag").orElseThrow();

    Answer again = shop().send("GET", "/shop/oauth/errors/1003", "If-None-Match: " + tag);

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();
  }

  @Test
  void head_is_get_without_the_body() throws Exception {
    String port = Integer.toString(shop().http().port());
    URI page = URI.create("http://127.0.0.1:" + port + "/shop/oauth/errors/1003");
    Answer get = shop().send("GET", page.getRawPath());

    HttpResponse<byte[]> head =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(page).method("HEAD", BodyPublishers.noBody()).build(),
                BodyHandlers.ofByteArray());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).isEqualTo(get.header("ETag"));
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(get.bytes().length);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/shop/oauth/errors", "/shop/oauth/errors/", "/shop/oauth/errors/style.css"})
  void the_index_and_the_style_sheet(String target) {
    assertThat(shop().send("GET", target).status()).isEqualTo(200);
    Answer posted = shop().post(target, "");
    assertThat(posted.status()).isEqualTo(405);
    assertThat(posted.header("Allow")).hasValue("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/oauth/errors/zqxHOSTILE",
        "/shop/oauth/errors/zqxHOSTILE/1003",
        "/shop/oauth/errors/?q=zqxHOSTILE",
        "/shop/oauth/errors/?q=%3Cscript%3EzqxHOSTILE",
        "/shop/oauth/errors/?q=%zzzqxHOSTILE",
        "/shop/oauth/errors/?q=zqxHOSTILE%FF",
        "/shop/oauth/errors/?q=TOK1003+zqxHOSTILE",
        "/shop/oauth/errors/1003?lang=zqxHOSTILE",
        "/shop/oauth/errors/1003?lang=ro&zqxHOSTILE",
        "/shop/oauth/errors/1003;zqxHOSTILE",
        "/shop/oauth/errors/%3Cscript%3EzqxHOSTILE",
        "/shop/oauth/errors/..%2fzqxHOSTILE"
      })
  void nothing_of_a_request_comes_back(String target) {
    Answer answer =
        shop()
            .send(
                "GET",
                target,
                "Accept-Language: zqxHOSTILE, ro;q=zqxHOSTILE",
                "Referer: https://zqxHOSTILE.example/",
                "Cookie: lang=zqxHOSTILE",
                "If-None-Match: zqxHOSTILE");

    assertThat(answer.status()).isIn(200, 400, 404);
    boolean isOurs = answer.headers("Content-Security-Policy").size() == 1;
    if (isOurs || answer.headers("Content-Type").contains("application/json")) {
      assertThat(answer.toString()).doesNotContain("HOSTILE", "<script");
    }
    assertThat(answer.text()).doesNotContain("behind");
  }

  @Test
  void another_spelling_is_no_page() {
    for (String target :
        List.of("/shop/oauth/errors;x/1003", "/shop/oauth//errors/1003", "/shop/oauth/%65rrors/")) {
      Answer answer = shop().send("GET", target);

      if (answer.headers("Content-Type").contains("application/json")) {
        shop().assertRefused(answer, 404, NO_SUCH_ENDPOINT);
      }
      assertThat(answer.status()).isIn(400, 404);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "publicUrl, https://api.shop.example/auth, https://api.shop.example/auth/errors/2003",
    "issuer, https://id.example/tenant, https://id.example/shop/oauth/errors/2003"
  })
  void the_base_of_error_uri_can_be_set(String setting, String value, String page) {
    Endpoint set =
        endpoint(
            "base-" + setting,
            () -> TestApp.with(TestClients.all()).parameter(setting, value).alone());

    JsonObject body = set.token(CLIENT_CREDENTIALS, "Host: other.example").json();

    assertThat(body.getString("error_uri")).isEqualTo(page);
  }

  @Test
  void the_pages_can_be_switched_off() {
    Endpoint off =
        endpoint(
            "no-pages", () -> TestApp.with(TestClients.all()).parameter("errorPages", "false"));

    off.assertRefused(off.token(CLIENT_CREDENTIALS), 400, StandardReason.CREDENTIALS_MISSING);
    off.assertRefused(off.send("GET", "/shop/oauth/errors/1003"), 404, NO_SUCH_ENDPOINT);
    off.assertRefused(off.send("GET", "/shop/oauth/errors"), 404, NO_SUCH_ENDPOINT);
  }
}
