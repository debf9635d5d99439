package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CONSENT_DENIED;
import static dev.postern.core.StandardReason.CONSENT_NEEDED;
import static dev.postern.core.StandardReason.CONSENT_NOT_OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Browser;
import dev.postern.it.Rfc;
import dev.postern.it.app.PlainConsentPage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6749 s10.2, RFC 9700 s4.7: the user is asked, and nobody answers for them")
abstract class ConsentContract extends AuthorizeSupport {
  private static final String ASK = OF_SHOP + SHOP_URI + "&prompt=consent";

  ConsentContract(Running running) {
    super(running);
  }

  private static final Pattern LEADS_TO =
      Pattern.compile("(?:href|src|action|srcset|data|poster|formaction)=\"([^\"]*)\"");

  @Test
  @Rfc({"RFC9700-4.16", "RFC6819-4.4.1.9", "RFC6749-10.2"})
  @DisplayName("the page names client, user and scope; nobody frames it, nothing runs in it")
  void the_page() {
    Answer page = alice().authorize(ASK + "&scope=profile+orders.read");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("May shop act for you?", "alice", "profile", "orders.read", "shop.example")
        .doesNotContain("<script", " style=");
    assertThat(page.headers("X-Frame-Options")).containsExactly("DENY");
    assertThat(page.headers("Content-Security-Policy"))
        .containsExactly(
            "default-src 'none'; style-src 'self'; form-action 'self' https:; base-uri 'none';"
                + " frame-ancestors 'none'");
    assertThat(page.headers("Cache-Control")).containsExactly("no-store");
    assertThat(page.headers("Referrer-Policy")).containsExactly("same-origin");
    assertThat(page.header("Set-Cookie").orElse(""))
        .matches("postern-consent=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    assertThat(shop().send("GET", "/shop/oauth/errors/style.css").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    TestClients.SHOP + "," + TestClients.SHOP_URI + ", P180DT41M",
    TestClients.CODE_ONLY + "," + TestClients.OTHER_URI + ", PT41M"
  })
  @Rfc("RFC6749-10.2")
  @DisplayName("SHOULD provide the resource owner with information about the lifetime")
  void until_when(String client, String redirectUri, Duration longest) {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    Answer page =
        alice()
            .authorize(
                "response_type=code&prompt=consent&scope=profile&client_id="
                    + client
                    + "&redirect_uri="
                    + Endpoint.encode(redirectUri));

    Matcher told = Pattern.compile("<time>(\\S+) (\\S+) UTC</time>").matcher(page.text());
    assertThat(told.find()).as(page::toString).isTrue();
    assertThat(Instant.parse(told.group(1) + "T" + told.group(2) + ":00Z"))
        .isBetween(before.plus(longest), Instant.now().plus(longest));
  }

  @Test
  @Rfc("RFC9700-4.2.4")
  @DisplayName("SHOULD NOT include third-party resources or links to external sites")
  void nothing_in_a_page_leads_elsewhere() {
    Answer asked = alice().authorize(ASK + "&scope=profile");
    Answer refused = alice().authorize("response_type=code&client_id=nobody&state=zqx");

    String here = "http://127.0.0.1:" + shop().http().port() + "/shop/";
    for (Answer page : new Answer[] {asked, refused}) {
      assertThat(LEADS_TO.matcher(page.text()).results().map(to -> to.group(1)))
          .isNotEmpty()
          .allMatch(to -> to.startsWith(here) || to.matches("[a-z?][A-Za-z0-9?=&;%._/+-]*"));
      assertThat(page.text()).doesNotContain("url(", "@import");
    }
    assertThat(refused.headers("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(refused.text()).doesNotContain("zqx");
  }

  @Test
  void over_https_the_cookie_is_this_host_s_alone() {
    Endpoint tls = endpoint("consent-tls", () -> TestApp.with(TestClients.all()).tls());

    Answer page = tls.https().send("GET", "/shop/oauth/authorize?" + ASK, UserAgent.ALICE);

    assertThat(page.header("Set-Cookie").orElse(""))
        .matches(
            "__Host-postern-consent=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  void an_answer_to_an_app_may_go_by_the_app_s_scheme() {
    Answer page = alice().authorize(OF_APP);

    assertThat(page.header("Content-Security-Policy").orElse(""))
        .contains("form-action 'self' https: com.example.app:;");
    assertThat(page.text()).contains("com.example.app:");
  }

  @ParameterizedTest
  @CsvSource({"Accept-Language: ro, ro, Permiteți", "Accept-Language: fr, en, May shop"})
  void in_the_language_of_the_browser(String header, String language, String words) {
    Answer page = alice().authorize(ASK, header);

    assertThat(page.headers("Content-Language")).containsExactly(language);
    assertThat(page.text()).contains("lang=\"" + language + "\"", words);
    assertThat(alice().authorize(ASK + "&ui_locales=fr+ro-RO", header).text())
        .contains("Permiteți");
  }

  @Test
  void scopes_in_the_words_of_the_application() {
    Endpoint app =
        endpoint(
            "scopes",
            () ->
                TestApp.with(TestClients.all())
                    .file("WEB-INF/scopes.properties", "profile=your <b>name</b>\nemail=your mail")
                    .file("WEB-INF/scopes_ro.properties", "profile=numele dumneavoastră"));
    UserAgent browser = UserAgent.ofAlice(app);

    assertThat(browser.authorize(ASK + "&scope=profile+email+orders.read").text())
        .contains("<li>your &lt;b&gt;name&lt;/b&gt;</li>", "<li>your mail</li>", "orders.read");
    assertThat(browser.authorize(ASK + "&scope=profile+email&ui_locales=ro").text())
        .contains("<li>numele dumneavoastră</li>", "<li>your mail</li>");
  }

  @Test
  void scopes_in_words_that_cannot_be_read() {
    Endpoint app =
        endpoint(
            "bad-scopes",
            () ->
                TestApp.with(TestClients.all())
                    .file("WEB-INF/scopes.properties", "profile=C:\\users\nemail=your mail"));

    assertThat(UserAgent.ofAlice(app).authorize(ASK + "&scope=profile").text())
        .contains("<li>profile</li>");
    assertThat(running().log().lines())
        .anyMatch(line -> line.startsWith("/WEB-INF/scopes.properties cannot be read: "));
  }

  @Test
  @Rfc("RFC6749-4.1.2.1")
  @DisplayName("no is told to the client")
  void no() {
    UserAgent browser = alice();
    Map<String, String> fields = UserAgent.fields(browser.authorize(ASK));
    String header = header();

    Map<String, String> told =
        assertToldToClient(
            browser.post(UserAgent.form(fields, "deny"), header),
            header,
            TestClients.SHOP_URI,
            CONSENT_DENIED);

    assertThat(told).containsEntry("error", "access_denied").containsEntry("state", "xyz");
  }

  @Test
  void yes_is_remembered_for_this_client_and_scope() {
    Endpoint app = endpoint("remembers", () -> TestApp.with(TestClients.all()));
    UserAgent browser = UserAgent.ofAlice(app);
    String request = OF_SHOP + SHOP_URI;
    browser.approved(request + "&scope=profile");

    assertThat(browser.code(browser.authorize(request + "&scope=profile"))).isNotEmpty();
    assertThat(browser.code(browser.authorize(request + "&scope=profile&prompt=none")))
        .isNotEmpty();
    assertThat(browser.authorize(request + "&scope=profile+email").text()).contains("May shop");
    assertThat(browser.authorize(request + "&scope=profile&prompt=consent").text())
        .contains("May shop");
    browser.approved(request + "&scope=email");
    assertThat(browser.code(browser.authorize(request + "&scope=profile+email"))).isNotEmpty();
    assertThat(browser.authorize("response_type=code&client_id=code-only&scope=profile").text())
        .contains("May code-only");

    app.host("do=revoke-user&subject=alice");
    assertThat(browser.authorize(request + "&scope=profile").text()).contains("May shop");
    browser.approved(request + "&scope=profile");
    app.host("do=revoke-client&client=shop");
    assertThat(browser.authorize(request + "&scope=profile").text()).contains("May shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_id=app&redirect_uri=com.example.app%3A%2Fcb",
        "client_id=native&redirect_uri=http%3A%2F%2F127.0.0.1%3A51004%2Fcb"
      })
  @Rfc("RFC8252-8.6")
  @DisplayName(
      "SHOULD NOT process authorization requests automatically without user consent or interaction,"
          + " except when the identity of the client can be assured")
  void an_app_is_asked_about_each_time(String client) {
    UserAgent browser = alice();
    String request = "response_type=code&scope=profile&" + client + "&" + CHALLENGED;
    browser.approved(request);

    assertThat(browser.authorize(request).text()).contains("act for you?");
    String header = header();
    browser.authorize(request + "&prompt=none", header);
    assertLogged(shop(), header, CONSENT_NEEDED);
  }

  // Nobody answers for the user

  private void assertNotOurs(UserAgent browser, Map<String, String> fields) {
    String header = header();
    assertToldToPerson(
        browser.post(UserAgent.form(fields, "approve"), header), header, 400, CONSENT_NOT_OURS);
  }

  @Test
  @Rfc("RFC6819-4.4.1.10")
  void an_answer_without_proof_or_cookie() {
    UserAgent browser = alice();
    Map<String, String> fields = UserAgent.fields(browser.authorize(ASK));
    Map<String, String> bare = new LinkedHashMap<>(fields);
    bare.remove("postern_proof");

    assertNotOurs(browser, bare);
    bare.put("postern_proof", "99999999999." + "A".repeat(43));
    assertNotOurs(browser, bare);
    assertNotOurs(alice(), fields);
    UserAgent other = alice();
    other.authorize(ASK);
    assertNotOurs(other, fields);
    assertThat(UserAgent.query(browser.post(UserAgent.form(fields, "approve"))))
        .containsKey("code");
  }

  @ParameterizedTest
  @CsvSource({
    "scope, email",
    "client_id, code-only",
    "redirect_uri, ''",
    "state, other",
    "code_challenge, F9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cA",
    "ui_locales, ro"
  })
  @Rfc("RFC6819-4.4.1.10")
  void an_answer_to_another_request(String parameter, String value) {
    UserAgent browser = alice();
    Map<String, String> fields =
        new LinkedHashMap<>(UserAgent.fields(browser.authorize(ASK + "&scope=profile")));
    fields.put(parameter, value);

    assertNotOurs(browser, fields);
  }

  @Test
  void an_answer_by_get_is_none() {
    UserAgent browser = alice();
    Map<String, String> fields = UserAgent.fields(browser.authorize(ASK));

    Answer answer = browser.authorize(UserAgent.form(fields, "approve"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("May shop act for you?");
  }

  @Test
  void two_windows_at_once() {
    UserAgent browser = alice();
    Answer one = browser.authorize(ASK + "&scope=profile");
    Answer other = browser.authorize(ASK + "&scope=email");

    assertThat(other.headers("Set-Cookie")).isEmpty();
    assertThat(UserAgent.query(browser.press(one, "approve"))).containsKey("code");
    assertThat(UserAgent.query(browser.press(other, "approve"))).containsKey("code");
  }

  @Test
  @Rfc("RFC6749-10.14")
  void what_a_request_brings_stands_in_the_page_as_text() {
    String hostile = "\"'><script>alert(1)</script>&<b>${x}\u202E\r\n";
    UserAgent browser = alice();
    String request = OF_SHOP.replace("state=xyz", "state=" + Endpoint.encode(hostile)) + SHOP_URI;

    Answer page =
        browser.authorize(
            request + "&prompt=consent&login_hint=" + Endpoint.encode("<i>\"") + "&scope=profile");

    assertThat(page.text()).doesNotContain("<script", "<b>", "<i>");
    Answer back = browser.press(page, "approve");
    assertThat(UserAgent.query(back)).containsEntry("state", hostile);
    assertThat(back.header("Location").orElse("")).matches("[\\x21-\\x7E]+");
    assertThat(browser.authorize(request + "&scope=" + Endpoint.encode(hostile)).text())
        .doesNotContain("<script");
  }

  @Test
  void a_page_of_the_application_s_own() {
    Endpoint app =
        endpoint(
            "own-page",
            () ->
                TestApp.with(TestClients.all())
                    .parameter("extensions", PlainConsentPage.class.getName())
                    .classes(PlainConsentPage.class));
    UserAgent browser = UserAgent.ofAlice(app);

    Answer page = browser.authorize(ASK + "&scope=profile");

    assertThat(page.text()).startsWith("<h1>Our own page</h1>profile");
    assertThat(page.headers("Content-Security-Policy")).containsExactly("frame-ancestors 'none'");
    assertThat(Browser.query(browser.press(page, "approve").header("Location").orElseThrow()))
        .containsKey("code");
  }
}
