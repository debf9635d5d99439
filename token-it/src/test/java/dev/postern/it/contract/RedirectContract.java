package dev.postern.it.contract;

import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.REDIRECT_URI_NOT_REGISTERED;
import static dev.postern.core.StandardReason.TOO_MANY_CODES;
import static dev.postern.core.StandardReason.USER_UNFIT;
import static dev.postern.core.StandardReason.VERIFIER_MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.core.TokenStore;
import dev.postern.it.Answer;
import dev.postern.it.AnyServer;
import dev.postern.it.Rfc;
import dev.postern.it.app.OddUserFilter;
import dev.postern.servlet.BearerFilter;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9700 s4: the browser goes where it should with a code, and nowhere else")
@Slice
abstract class RedirectContract extends AuthorizeSupport {
  private static final String OF_OTHER = "response_type=code&client_id=other&state=xyz";

  RedirectContract(Running running) {
    super(running);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/cb",
        "https://other.example/cb/",
        "https://other.example/cbx",
        "https://other.example/",
        "https://other.example",
        "https://other.example/cb?x=1",
        "https://other.example/cb#x",
        "https://other.example/cb#",
        "https://other.example/CB",
        "https://OTHER.example/cb",
        "HTTPS://other.example/cb",
        "http://other.example/cb",
        "https://other.example:443/cb",
        "https://other.example./cb",
        "https://sub.other.example/cb",
        "https://other.example.evil.example/cb",
        "https://evil.example/https://other.example/cb",
        "https://evil.example?https://other.example/cb",
        "https://evil.example#https://other.example/cb",
        "https://other.example@evil.example/cb",
        "https://user:pass@other.example/cb",
        "https://evil.example\\@other.example/cb",
        "https://evil.example\\.other.example/cb",
        "https:\\\\other.example\\cb",
        "https:/other.example/cb",
        "https:other.example/cb",
        "//other.example/cb",
        "/cb",
        "cb",
        "https://other.example/%63b",
        "https://other.example/x/../cb",
        "https://other.example/./cb",
        "https://other.example//cb",
        "https://other.example/cb;x",
        "https://other.example/cb%00",
        "https://other.example/cb%2f..",
        "https://other.example/cb https://evil.example/",
        "https://other.example/cb,https://evil.example/",
        " https://other.example/cb",
        "https://other.example/cb ",
        "javascript:alert(1)//https://other.example/cb",
        "data:text/html,https://other.example/cb",
        "https://\u0585ther.example/cb",
        "https://other.example\u3002/cb",
        "https://shop.example/cb?from=login"
      })
  @Rfc({"RFC9700-2.1", "RFC9700-4.1.3", "RFC9700-4.11.2", "RFC6749-3.1.2.4"})
  @DisplayName("MUST NOT automatically redirect the user-agent to the invalid redirection URI")
  void an_address_that_is_not_registered(String uri) {
    String request = OF_OTHER + "&redirect_uri=" + Endpoint.encode(uri);
    for (UserAgent browser : new UserAgent[] {alice(), new UserAgent(shop())}) {
      String header = header();
      Answer got = browser.authorize(request, header);
      assertToldToPerson(got, header, 400, REDIRECT_URI_NOT_REGISTERED);
      assertThat(got.text()).doesNotContain("evil", "/cb");
    }
    String header = header();
    assertToldToPerson(alice().post(request, header), header, 400, REDIRECT_URI_NOT_REGISTERED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example/cb\r\nSet-Cookie: a=b",
        "https://other.example/cb\nx",
        "https://other.example/cb\t"
      })
  @Rfc("RFC6749-10.14")
  void no_line_breaks(String uri) {
    String header = header();
    Answer answer = alice().authorize(OF_OTHER + "&redirect_uri=" + Endpoint.encode(uri), header);

    assertToldToPerson(answer, header, 400, PARAMETER_MALFORMED);
    assertThat(answer.headers("Set-Cookie")).doesNotContain("a=b");
  }

  @Test
  @Rfc("RFC9700-4.1.3")
  @DisplayName("MUST allow variable port numbers [of] native apps using a localhost URI")
  void the_port_of_a_loopback_address() {
    String request = "response_type=code&client_id=native&" + CHALLENGED + "&redirect_uri=";
    UserAgent browser = alice();

    Answer page = browser.authorize(request + Endpoint.encode("http://127.0.0.1:51004/cb"));
    assertSentBack(browser.press(page, "approve"), "http://127.0.0.1:51004/cb?code=");

    for (String uri :
        new String[] {
          "http://127.0.0.1:51004/other",
          "http://127.0.0.1:510040/cb",
          "http://127.0.0.1:80@evil.example/cb",
          "http://127.0.0.2:51004/cb",
          "http://localhost:51004/cb",
          "https://127.0.0.1:51004/cb"
        }) {
      String header = header();
      assertToldToPerson(
          alice().authorize(request + Endpoint.encode(uri), header),
          header,
          400,
          REDIRECT_URI_NOT_REGISTERED);
    }
  }

  @Test
  @Rfc("RFC9700-2.1.1")
  @DisplayName("a code that is injected elsewhere is of no use there")
  void a_code_somewhere_else() {
    String code = UserAgent.query(alice().authorize(OF_OWN)).get("code");
    shop().keep(code);
    String request = "grant_type=authorization_code&code=" + code + "&code_verifier=";

    shop()
        .assertRefused(
            shop().token(request + PKCE.verifier(), AS_SHOP),
            400,
            GRANT_REFUSED,
            StandardReason.CODE_OF_OTHER_CLIENT);
    shop()
        .assertRefused(
            shop()
                .token(
                    request + "y".repeat(43),
                    Endpoint.basic(TestClients.OWN, TestClients.OWN_SECRET)),
            400,
            GRANT_REFUSED,
            VERIFIER_MISMATCH);
    assertIssued(
        shop()
            .token(
                request + PKCE.verifier(),
                Endpoint.basic(TestClients.OWN, TestClients.OWN_SECRET)));
  }

  @Test
  void parameters_that_contradict_each_other_are_not_mixed_up() {
    String header = header();
    Map<String, String> told =
        assertToldToClient(
            alice().authorize(OF_OWN + "&code_challenge=" + PKCE.challenge(), header),
            header,
            TestClients.OWN_URI,
            StandardReason.PARAMETER_REPEATED);

    assertThat(told.get("error_description")).endsWith("code_challenge");
    for (String id : new String[] {"own&client_id=shop", "own&client_id=own", "own&client_id="}) {
      String again = header();
      assertToldToPerson(
          alice().authorize("response_type=code&client_id=" + id, again),
          again,
          400,
          StandardReason.PARAMETER_REPEATED);
    }
  }

  @Test
  @AnyServer("the limit is ours")
  @Rfc("RFC6819-4.4.1.11")
  @DisplayName("10,000 codes of one user, and not one more")
  void codes_without_end() {
    Endpoint app = endpoint("many-codes", () -> TestApp.with(TestClients.all()));
    int atATime = TokenStore.MOST_CODES_PER_USER / 10;
    for (int i = 0; i < 10; i++) {
      app.host("do=codes&subject=alice&client=own&count=" + atATime);
    }
    String header = header();

    Map<String, String> told =
        assertSentBack(UserAgent.ofAlice(app).authorize(OF_OWN, header), TestClients.OWN_URI);

    assertThat(told).containsEntry("error", "temporarily_unavailable").doesNotContainKey("code");
    assertLogged(app, header, TOO_MANY_CODES);
    assertThat(app.host("do=code&subject=bob&client=own")).startsWith("code ");
  }

  @Test
  void a_login_of_the_application_s_own() {
    Endpoint app =
        endpoint(
            "own-login",
            () ->
                TestApp.with(TestClients.all())
                    .login("")
                    .earlier(OddUserFilter.class, "/oauth/authorize"));

    assertThat(UserAgent.query(new UserAgent(app, "X-User: carol").authorize(OF_OWN)))
        .containsKey("code");
    for (String name : new String[] {"", "x".repeat(256)}) {
      String header = header();
      assertToldToPerson(
          app,
          new UserAgent(app, "X-User: " + name).authorize(OF_OWN, header),
          header,
          500,
          USER_UNFIT);
    }
  }

  @Test
  @DisplayName("who brings a token of a user's is not that user")
  void a_bearer_token_is_no_login() {
    Endpoint app =
        endpoint(
            "bearer-login",
            () ->
                TestApp.with(TestClients.all())
                    .login("")
                    .earlier(BearerFilter.class, "/oauth/authorize"));
    String code = app.code("own", CHALLENGED);
    String token =
        access(
            assertIssued(
                app.token(
                    "grant_type=authorization_code&code="
                        + code
                        + "&code_verifier="
                        + PKCE.verifier(),
                    Endpoint.basic(TestClients.OWN, TestClients.OWN_SECRET))));
    String header = header();

    Answer answer = new UserAgent(app, "Authorization: Bearer " + token).authorize(OF_OWN, header);

    assertToldToPerson(app, answer, header, 500, USER_UNFIT);
  }
}
