package dev.postern.it.contract;

import static dev.postern.core.StandardReason.LOGIN_NOT_CONFIGURED;
import static dev.postern.core.StandardReason.REALM_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Realm;
import dev.postern.it.Rfc;
import dev.postern.it.app.CartServlet;
import dev.postern.it.app.LoginPageServlet;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Users log in as web.xml says, and what the application keeps of them stays")
abstract class LoginContract extends AuthorizeSupport {
  private static final String FORM =
      "<login-config><auth-method>FORM</auth-method><form-login-config>"
          + "<form-login-page>/login</form-login-page><form-error-page>/login</form-error-page>"
          + "</form-login-config></login-config>";

  private static final String CONSTRAINT =
      "<security-constraint><web-resource-collection>"
          + "<web-resource-name>authorize</web-resource-name>"
          + "<url-pattern>/oauth/authorize</url-pattern></web-resource-collection>"
          + "<auth-constraint><role-name>user</role-name></auth-constraint></security-constraint>"
          + "<security-role><role-name>user</role-name></security-role>";

  LoginContract(Running running) {
    super(running);
  }

  private Endpoint form(boolean isConstrained) {
    return endpoint(
        "form-" + isConstrained,
        () ->
            TestApp.with(TestClients.all())
                .servlet(LoginPageServlet.class, "/login")
                .servlet(CartServlet.class, "/cart")
                .xml(isConstrained ? CONSTRAINT : "")
                .login(FORM));
  }

  /** Where a browser is sent by the container, as it goes over the wire. */
  private static String target(Answer answer) {
    URI uri = URI.create(answer.header("Location").orElseThrow(() -> new AssertionError(answer)));
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  /** Some containers forward to the login page, others redirect. */
  private static Answer loginPage(UserAgent browser, Answer first) {
    return first.status() >= 300 ? browser.get(target(first)) : first;
  }

  private static Answer logIn(UserAgent browser, Answer first) {
    assertThat(loginPage(browser, first).text()).contains("<h1>Log in</h1>");
    Answer in =
        browser.postTo(
            "/shop/j_security_check", "j_username=" + Realm.USER + "&j_password=" + Realm.PASSWORD);
    assertThat(in.status()).as(in::toString).isIn(302, 303);
    return browser.get(target(in));
  }

  @Test
  @DisplayName("Jetty asks for another id of the session, which only an answer can bring")
  void basic_credentials_beside_a_session() {
    UserAgent alice = alice();
    alice.get("/shop/session");
    assertThat(session(alice)).isNotEmpty();

    Answer asked = alice.authorize(OF_SHOP + SHOP_URI + "&prompt=consent");

    assertThat(asked.status()).as(asked::toString).isEqualTo(200);
    assertSentBack(alice.press(asked, "approve"), TestClients.SHOP_URI);
  }

  private static String session(UserAgent browser) {
    return browser.cookies().getOrDefault("JSESSIONID", "");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Rfc("RFC6749-3.1")
  @DisplayName("FORM, with a constraint and without: login, code; the session keeps what it had")
  void form_login(boolean isConstrained) {
    UserAgent browser = new UserAgent(form(isConstrained));
    browser.postTo("/shop/cart", "");
    String before = session(browser);

    Answer answer = logIn(browser, browser.authorize(OF_OWN));

    assertThat(assertSentBack(answer, TestClients.OWN_URI)).containsKey("code");
    // Who planted the id that the session had before the login has gained nothing.
    assertThat(session(browser)).isNotEqualTo(before);
    assertThat(browser.get("/shop/cart").text()).isEqualTo("three apples of alice");
    UserAgent attacker = new UserAgent(form(isConstrained));
    attacker.cookies().put("JSESSIONID", before);
    assertThat(attacker.get("/shop/cart").text()).doesNotContain("alice");
  }

  @Test
  @DisplayName("a request that was posted outlives the login")
  void posted() {
    UserAgent browser = new UserAgent(form(false));
    Answer first = browser.post(OF_OWN);

    Answer answer = logIn(browser, browser.get("/shop/oauth/" + target(first)));

    assertThat(assertSentBack(answer, TestClients.OWN_URI)).containsKey("code");
  }

  @Test
  @Rfc("RFC6749-3.1")
  @DisplayName("what is repeated in a posted request is repeated after the login, and refused")
  void posted_with_repeats() {
    UserAgent browser = new UserAgent(form(false));
    Answer first = browser.post(OF_OWN + "&scope=profile&scope=profile");

    Answer answer = logIn(browser, browser.get("/shop/oauth/" + target(first)));

    assertThat(assertSentBack(answer, TestClients.OWN_URI))
        .containsEntry("error", "invalid_request")
        .doesNotContainKey("code");
  }

  @Test
  @Rfc("RFC6749-4.1.2")
  @DisplayName("after the login the request that asked last is answered, not one that was given up")
  void of_two_requests_the_later_one() {
    UserAgent browser = new UserAgent(form(false));
    browser.postTo("/shop/cart", "");
    loginPage(browser, browser.authorize(OF_APP + "&scope=profile"));

    Answer answer = logIn(browser, browser.authorize(OF_OWN));

    assertThat(assertSentBack(answer, TestClients.OWN_URI)).containsKey("code");
  }

  @Test
  @DisplayName("prompt=login: each time, also for a request that looks like the one before")
  void prompt_login_again() {
    UserAgent browser = new UserAgent(form(false));
    browser.postTo("/shop/cart", "");
    String request = OF_OWN + "&prompt=login";
    Answer page = logIn(browser, browser.authorize(request));
    Answer answer = logIn(browser, browser.get("/shop/oauth/" + target(page)));
    assertThat(assertSentBack(answer, TestClients.OWN_URI)).containsKey("code");

    Answer again = browser.authorize(request);

    assertThat(target(again)).startsWith("authorize?");
  }

  @Test
  void consent_after_a_login_and_prompt_login() {
    UserAgent browser = new UserAgent(form(false));
    browser.postTo("/shop/cart", "");
    String request = OF_APP + "&scope=profile&prompt=login";
    Answer page = logIn(browser, browser.authorize(request));
    assertThat(page.status()).as(page::toString).isEqualTo(303);

    Answer again = logIn(browser, browser.get("/shop/oauth/" + target(page)));

    assertThat(again.text()).contains("act for you?");
    // In another language it is the same request.
    assertThat(browser.authorize(request + "&ui_locales=ro").text()).contains("Permiteți");
    assertThat(UserAgent.query(browser.press(again, "approve"))).containsKey("code");
    assertThat(browser.get("/shop/cart").text()).isEqualTo("three apples of alice");
  }

  @Test
  void a_login_hint_is_told_to_a_login_page_that_is_forwarded_to() {
    UserAgent browser = new UserAgent(form(false));

    Answer first = browser.authorize(OF_OWN + "&login_hint=alice%40example");
    Answer tooLong = browser.authorize(OF_OWN + "&login_hint=" + "a".repeat(256));

    if (first.status() == 200) {
      assertThat(first.text()).contains("hint=alice@example");
      assertThat(tooLong.text()).contains("hint=null");
    }
  }

  @Test
  void basic_with_a_constraint() {
    Endpoint app =
        endpoint("basic-constraint", () -> TestApp.with(TestClients.all()).xml(CONSTRAINT));

    assertThat(new UserAgent(app).authorize(OF_OWN).status()).isEqualTo(401);
    assertThat(UserAgent.query(UserAgent.ofAlice(app).authorize(OF_OWN))).containsKey("code");
  }

  @Test
  @DisplayName("without a login-config the person and the operator are told what to configure")
  void nobody_can_log_in() {
    Endpoint app = endpoint("no-login", () -> TestApp.with(TestClients.all()).login(""));
    String header = header();

    Answer page = new UserAgent(app).authorize(OF_OWN, header);

    assertToldToPerson(app, page, header, 500, LOGIN_NOT_CONFIGURED);
    assertThat(assertLogged(app, header, LOGIN_NOT_CONFIGURED))
        .contains("put a login-config into web.xml");
  }

  @Test
  void a_realm_that_is_down() {
    Endpoint app = endpoint("realm-down", () -> TestApp.with(TestClients.all()).realm(Realm.DOWN));
    String header = header();

    Answer page = UserAgent.ofAlice(app).authorize(OF_OWN, header);

    assertToldToPerson(app, page, header, 503, REALM_UNAVAILABLE);
    assertThat(page.headers("Retry-After")).containsExactly("5");
  }
}
