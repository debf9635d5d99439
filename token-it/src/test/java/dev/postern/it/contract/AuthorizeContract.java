package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CHALLENGE_REQUIRED;
import static dev.postern.core.StandardReason.CONSENT_NEEDED;
import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.INSECURE_TRANSPORT;
import static dev.postern.core.StandardReason.LOGIN_NEEDED;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.PARAMETER_TOO_LONG;
import static dev.postern.core.StandardReason.VERIFIER_MISMATCH;
import static dev.postern.it.contract.UserAgent.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.AnyServer;
import dev.postern.it.Pkce;
import dev.postern.it.Rfc;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6749 s3.1: the authorization endpoint, with the container's own login")
@Slice
abstract class AuthorizeContract extends AuthorizeSupport {
  AuthorizeContract(Running running) {
    super(running);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  @Rfc({"RFC6749-4.1.2", "RFC6749-3.1.2", "RFC9700-4.12"})
  @DisplayName("the whole way: request, consent, code, tokens of that user")
  void a_code(String method) {
    UserAgent browser = alice();
    String request = OF_SHOP + SHOP_URI + "&scope=profile&prompt=consent";

    Answer page = method.equals("GET") ? browser.authorize(request) : browser.post(request);
    Map<String, String> answer =
        assertSentBack(browser.press(page, "approve"), "https://shop.example/cb?from=login&code=");

    assertThat(answer.keySet()).containsExactly("from", "code", "state");
    assertThat(answer).containsEntry("state", "xyz");
    shop().keep(answer.get("code"));
    String token =
        access(
            assertIssued(
                shop()
                    .token(
                        "grant_type=authorization_code&code="
                            + answer.get("code")
                            + SHOP_URI
                            + "&code_verifier="
                            + PKCE.verifier(),
                        AS_SHOP)));
    assertThat(shop().find(token)).startsWith("shop|alice|profile|");
  }

  @Test
  @Rfc("RFC9700-4.5.3.1")
  @DisplayName("a stolen code, injected into a session of the thief's own at the same client")
  void a_code_of_another_session() {
    String stolen = alice().approved(OF_SHOP + SHOP_URI + "&prompt=consent");
    Pkce thief = Pkce.random();
    String form = "grant_type=authorization_code&code=" + stolen + SHOP_URI + "&code_verifier=";

    assertRefused(
        shop().token(form + thief.verifier(), AS_SHOP), 400, GRANT_REFUSED, VERIFIER_MISMATCH);
    assertIssued(shop().token(form + PKCE.verifier(), AS_SHOP));
  }

  @Test
  @Rfc({"RFC6749-3.1", "RFC9700-4.11.2"})
  @DisplayName("The authorization server MUST first verify the identity of the resource owner")
  void who_is_not_logged_in_is_asked_by_the_container() {
    for (String request : new String[] {OF_OWN, OF_OWN + "&scope=zqx", "client_id=own"}) {
      Answer answer = new UserAgent(shop()).authorize(request);

      assertThat(answer.status()).as(answer::toString).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate").orElse(""))
          .startsWithIgnoringCase("Basic realm=\"test\"");
      assertThat(answer.headers("Location")).isEmpty();
    }
    assertThat(UserAgent.query(alice().authorize(OF_OWN))).containsKey("code");
  }

  @Test
  void a_posted_request_goes_on_as_a_get_while_the_user_logs_in() {
    Answer answer = new UserAgent(shop()).post(OF_OWN + "&scope=profile&unknown=zqx");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location").orElse(""))
        .startsWith("authorize?response_type=code&client_id=own&state=xyz&")
        .endsWith("&scope=profile")
        .doesNotContain("zqx");
  }

  // Before it is known who asks, a page tells the person

  @ParameterizedTest
  @CsvSource({
    "response_type=code, PARAMETER_MISSING",
    "response_type=code&client_id=, PARAMETER_MISSING",
    "response_type=code&client_id=nobody, CLIENT_UNKNOWN_HERE",
    "response_type=code&client_id=disabled, CLIENT_DISABLED_HERE",
    "response_type=code&client_id=other, REDIRECT_URI_LEFT_OUT",
    "response_type=code&client_id=shop&client_id=shop, PARAMETER_REPEATED",
    "response_type=code&client_id=shop&redirect_uri=a&redirect_uri=b, PARAMETER_REPEATED",
    "response_type=code&client_id=batch, REDIRECT_URI_LEFT_OUT"
  })
  @Rfc({"RFC6749-4.1.2.1", "RFC6749-3.1.2.4"})
  void told_to_the_person(String request, StandardReason reason) {
    String header = header();

    assertToldToPerson(alice().authorize(request, header), header, 400, reason);
    String again = header();
    assertToldToPerson(new UserAgent(shop()).authorize(request, again), again, 400, reason);
  }

  @Test
  void told_in_the_language_of_the_browser() {
    Answer page = alice().authorize("client_id=nobody", header(), "Accept-Language: ro");

    assertThat(page.headers("Content-Language")).containsExactly("ro");
    assertThat(page.text()).contains("Nu se poate continua", "/shop/oauth/errors/7001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH"})
  @Rfc("RFC9700-2.6")
  void other_methods(String method) {
    Answer answer =
        shop().send(method, "/shop/oauth/authorize?" + OF_SHOP, "Origin: https://shop.example");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers("Allow")).containsExactly("GET, POST");
    assertThat(answer.headers("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  @Rfc("RFC6749-3.1")
  void plain_http_from_elsewhere() {
    String header = header();
    Answer answer = alice().authorize(OF_SHOP, header, "X-Forwarded-For: 203.0.113.9");

    assertToldToPerson(answer, header, 400, INSECURE_TRANSPORT);
    assertThat(answer.headers("WWW-Authenticate")).isEmpty();
  }

  @Test
  void parameters_of_a_post_do_not_stand_in_the_query() {
    String header = header();

    assertToldToPerson(
        alice().postTo("/shop/oauth/authorize?client_id=own", OF_OWN, header),
        header,
        400,
        PARAMETER_IN_QUERY);
  }

  @Test
  void an_unclean_path_is_none() {
    for (String path : new String[] {"/shop/oauth/authorize/", "/shop/oauth/authorize;x=1"}) {
      assertThat(shop().send("GET", path + "?" + OF_OWN, ALICE).status()).isIn(400, 404);
    }
  }

  // Once it is known, the client is told

  @ParameterizedTest
  @CsvSource({
    "client_id=own&state=xyz, PARAMETER_MISSING",
    "client_id=own&state=xyz&response_type=, PARAMETER_MISSING",
    "client_id=own&state=xyz&response_type=token, RESPONSE_TYPE_UNSUPPORTED",
    "client_id=own&state=xyz&response_type=code+token, RESPONSE_TYPE_UNSUPPORTED",
    "client_id=own&state=xyz&response_type=code&scope=admin, SCOPE_NOT_ALLOWED",
    "client_id=own&state=xyz&response_type=code&scope=a++b, SCOPE_MALFORMED",
    "client_id=own&state=xyz&response_type=code&scope=profile&scope=profile, PARAMETER_REPEATED",
    "client_id=own&state=xyz&response_type=code&request=e30.e30., REQUEST_OBJECT_UNSUPPORTED",
    "client_id=own&state=xyz&response_type=code&request_uri=urn%3Ax, REQUEST_URI_UNSUPPORTED",
    "client_id=own&state=xyz&response_type=code&response_mode=fragment, RESPONSE_MODE_UNSUPPORTED",
    "client_id=own&state=xyz&response_type=code&prompt=none+login, PROMPT_UNSUPPORTED",
    "client_id=own&state=xyz&response_type=code&prompt=create, PROMPT_UNSUPPORTED",
    "client_id=own&state=xyz&response_type=code&code_challenge=x&code_challenge_method=S256, PARAMETER_MALFORMED",
    "client_id=own&state=xyz&response_type=code&code_challenge=x, CHALLENGE_METHOD_UNSUPPORTED",
    "client_id=own&state=xyz&response_type=code&prompt=login, LOGIN_NEEDED"
  })
  @Rfc({"RFC6749-4.1.2.1", "RFC6749-3.1", "RFC7636-4.4.1"})
  void told_to_the_client(String request, StandardReason reason) {
    String header = header();

    Map<String, String> told =
        assertToldToClient(
            alice().authorize(request, header), header, TestClients.OWN_URI + "?error=", reason);
    assertThat(told).containsEntry("state", "xyz");
  }

  @Test
  @Rfc("RFC9700-2.1.1")
  @DisplayName("Public clients MUST use PKCE")
  void public_clients_use_pkce() {
    String header = header();

    assertToldToClient(
        alice().authorize("response_type=code&client_id=app&state=xyz", header),
        header,
        "com.example.app:/cb?error=",
        CHALLENGE_REQUIRED);
  }

  @Test
  @AnyServer("the clients are ours")
  void a_client_that_is_not_registered_for_codes() {
    Endpoint app =
        endpoint(
            "no-codes",
            () ->
                TestApp.with(
                    TestClients.none()
                        .with(
                            "portal",
                            "client_secret_basic",
                            "password",
                            client ->
                                client
                                    .add("redirect_uris", TestClients.strings(TestClients.OWN_URI))
                                    .add("secrets", TestClients.secrets("kX7-x-secret-0001")))));
    String header = header();

    Answer answer = UserAgent.ofAlice(app).authorize("response_type=code&client_id=portal", header);

    assertThat(UserAgent.query(answer)).containsEntry("error", "unauthorized_client");
    assertLogged(app, header, GRANT_TYPE_NOT_REGISTERED);
  }

  @Test
  void a_state_that_is_repeated_or_too_long_does_not_come_back() {
    String header = header();
    assertThat(
            assertToldToClient(
                alice().authorize(OF_OWN + "&state=other", header),
                header,
                TestClients.OWN_URI,
                PARAMETER_REPEATED))
        .doesNotContainKey("state");
    String another = header();
    assertThat(
            assertToldToClient(
                alice()
                    .authorize(
                        "response_type=code&client_id=own&state=" + "s".repeat(4_001), another),
                another,
                TestClients.OWN_URI,
                PARAMETER_TOO_LONG))
        .doesNotContainKey("state");
  }

  // prompt

  @Test
  void prompt_none_asks_nobody_anything() {
    String header = header();
    assertToldToClient(
        new UserAgent(shop()).authorize(OF_OWN + "&prompt=none", header),
        header,
        TestClients.OWN_URI,
        LOGIN_NEEDED);
    String another = header();
    assertToldToClient(
        alice().authorize(OF_APP + "&prompt=none", another),
        another,
        TestClients.APP_URI,
        CONSENT_NEEDED);
    assertThat(UserAgent.query(alice().authorize(OF_OWN + "&prompt=none"))).containsKey("code");
  }

  @Test
  @AnyServer("both are settings of ours")
  @Rfc({"RFC9207-2", "RFC9700-4.4.2.1"})
  void requirePkce_holds_for_all_clients_and_issuer_is_told() {
    Endpoint strict =
        endpoint(
            "pkce",
            () ->
                TestApp.with(TestClients.all())
                    .parameter("requirePkce", "true")
                    .parameter("issuer", "https://id.example/t"));

    assertThat(
            UserAgent.query(
                UserAgent.ofAlice(strict).authorize("response_type=code&client_id=own")))
        .containsEntry("error", "invalid_request")
        .containsEntry("iss", "https://id.example/t");
    assertThat(UserAgent.query(UserAgent.ofAlice(strict).authorize(OF_OWN)))
        .containsKey("code")
        .containsEntry("iss", "https://id.example/t");
  }
}
