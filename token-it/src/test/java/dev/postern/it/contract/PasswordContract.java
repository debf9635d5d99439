package dev.postern.it.contract;

import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.PASSWORD_GRANT_OFF;
import static dev.postern.core.StandardReason.PASSWORD_REFUSED;
import static dev.postern.core.StandardReason.REALM_UNAVAILABLE;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.StandardReason.USER_ALREADY_LOGGED_IN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.InProcess;
import dev.postern.it.Quirk;
import dev.postern.it.RawConnection;
import dev.postern.it.Realm;
import dev.postern.it.Rfc;
import dev.postern.it.app.EarlierFilter;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Resource Owner Password Credentials Grant, through the container's own realm")
@Rfc({"RFC6749-4.3.2", "RFC6749-4.3.3"})
@Slice
abstract class PasswordContract extends Contract {
  private static final String ALICE = "grant_type=password&username=alice&password=wonderland";

  PasswordContract(Running running) {
    super(running);
  }

  @Test
  void a_right_password() {
    JsonObject tokens = assertLoggedIn(shop().token(ALICE, AS_PORTAL));

    assertThat(tokens.keySet())
        .containsExactly("access_token", "token_type", "expires_in", "refresh_token", "scope");
    assertThat(shop().find(access(tokens))).startsWith("portal|alice|orders.read|");
    assertIssued(
        shop().token("grant_type=refresh_token&refresh_token=" + refresh(tokens), AS_PORTAL));
  }

  @ParameterizedTest
  @CsvSource({
    "alice, wrong-password-0123",
    "alice, Wonderland",
    "alice, wonderland+",
    "alice, +wonderland",
    "alice, wonderlan",
    "alice, alice",
    "ALICE, wonderland",
    "alice+, wonderland",
    "bob, wonderland",
    "nobody, wrong-password-0123",
    "alic%C3%A9, wonderland",
    "alice, %F0%9F%98%80",
    "*, *",
    "alice, wonderland%09"
  })
  @DisplayName("validate the resource owner password credentials")
  void a_wrong_password_or_user(String user, String password) {
    String form = "grant_type=password&username=" + user + "&password=" + password;
    Answer answer = shop().token(form, AS_PORTAL);

    assertRefused(answer, 400, GRANT_REFUSED, PASSWORD_REFUSED);
    assertThat(shop().logLine(answer)).doesNotContain("alice", "wrong-password");
  }

  @Test
  void the_login_is_undone() {
    try (RawConnection connection = shop().http().open()) {
      for (int i = 0; i < 3; i++) {
        Answer answer = shop().token(connection, ALICE, AS_PORTAL);

        assertLoggedIn(answer);
      }
    }
  }

  @Test
  void a_scope_is_checked_before_the_password() {
    assertRefused(shop().token(ALICE + "&scope=admin", AS_PORTAL), 400, SCOPE_NOT_ALLOWED);
    assertThat(assertLoggedIn(shop().token(ALICE + "&scope=orders.read", AS_PORTAL)))
        .doesNotContainKey("scope");
  }

  @Test
  void a_client_that_is_not_registered_for_it() {
    assertRefused(shop().token(ALICE, AS_SHOP), 400, GRANT_TYPE_NOT_REGISTERED);
  }

  @Test
  @DisplayName("a request that comes with a session is refused")
  void with_a_session() {
    String cookie = session();

    assertRefused(shop().token(ALICE, AS_PORTAL, "Cookie: " + cookie), 400, USER_ALREADY_LOGGED_IN);
    // The session is the application's, and goes on.
    Answer again = shop().http().send("GET", "/shop/session", "Cookie: " + cookie);
    assertThat(again.headers("Set-Cookie")).isEmpty();
    // The other grants never look.
    assertIssued(shop().token(CLIENT_CREDENTIALS, AS_BATCH, "Cookie: " + cookie));
  }

  @Test
  void with_a_cookie_that_stands_for_no_session() {
    assertLoggedIn(shop().token(ALICE, AS_PORTAL, "Cookie: JSESSIONID=0123456789ABCDEF0123"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"principal", "login"})
  @DisplayName("a request that comes with a user is refused")
  void with_a_user(String how) {
    Endpoint earlier =
        endpoint(
            "with a user",
            () ->
                TestApp.with(TestClients.all())
                    .parameter("passwordGrant", "true")
                    .earlier(EarlierFilter.class, "/oauth/*"));

    Answer refused = earlier.token(ALICE, AS_PORTAL, "X-Earlier: " + how);
    Answer other = earlier.token(CLIENT_CREDENTIALS, AS_BATCH, "X-Earlier: " + how);

    if (how.equals("login") && has(Quirk.COOKIE_AT_LOGIN)) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.headers("Set-Cookie")).hasSize(1);
      assertThat(earlier.logLine(refused)).contains(" cause=USER_ALREADY_LOGGED_IN ");
      assertThat(other.status()).isEqualTo(200);
      Refusals.assertNoStore(other);
    } else {
      earlier.assertRefused(refused, 400, USER_ALREADY_LOGGED_IN);
      assertIssued(other);
    }
  }

  @Test
  @InProcess("no server has a realm that can be told to throw")
  void a_realm_that_is_down_says_nothing_about_the_password() {
    Endpoint down =
        endpoint(
            "realm down",
            () ->
                TestApp.with(TestClients.all())
                    .parameter("passwordGrant", "true")
                    .realm(Realm.DOWN));
    Answer answer = down.token(ALICE, AS_PORTAL);

    down.assertRefused(answer, 503, REALM_UNAVAILABLE);
    assertThat(down.logLine(answer)).contains("IllegalStateException");
    assertIssued(down.token(CLIENT_CREDENTIALS, AS_BATCH));
  }

  @Test
  @Rfc("RFC9700-2.4")
  @DisplayName("The resource owner password credentials grant MUST NOT be used, unless switched on")
  void off_by_default() {
    Endpoint off =
        endpoint("exact", () -> TestApp.with(TestClients.all()).mapping("/connect/get-token"));

    off.assertRefused(off.token(ALICE, AS_PORTAL), 400, GRANT_TYPE_UNSUPPORTED, PASSWORD_GRANT_OFF);
    off.assertRefused(off.token(ALICE, AS_SHOP), 400, GRANT_TYPE_UNSUPPORTED, PASSWORD_GRANT_OFF);
  }

  @Test
  void that_it_is_on_is_warned_of() {
    shop();

    assertThat(running().log().lines())
        .anyMatch(
            line ->
                line.matches(
                    "filter token of /\\S*: passwordGrant: RFC 9700 s2.4 forbids it for new"
                        + " systems"));
  }

  private JsonObject assertLoggedIn(Answer answer) {
    if (has(Quirk.SESSION_AT_LOGIN)) {
      assertThat(answer.headers("Set-Cookie")).singleElement().asString().contains("01-Jan-1970");
      return assertTokens(answer);
    }
    return assertIssued(answer);
  }

  private String session() {
    Answer answer = shop().http().send("GET", "/shop/session");
    String cookie = answer.header("Set-Cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }
}
