package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Pkce;
import java.util.Map;
import java.util.UUID;

/** What the parts of the contract for the authorization endpoint share. */
abstract class AuthorizeSupport extends Contract {
  static final Pkce PKCE = Pkce.of("authorize-verifier-0123456789-0123456789-0123");
  static final String CHALLENGED =
      "code_challenge=" + PKCE.challenge() + "&code_challenge_method=S256";

  static final String SHOP_URI = "&redirect_uri=" + Endpoint.encode(TestClients.SHOP_URI);

  /** What shop asks for, as it goes over the wire. */
  static final String OF_SHOP = "response_type=code&client_id=shop&state=xyz&" + CHALLENGED;

  static final String OF_OWN = "response_type=code&client_id=own&state=xyz&" + CHALLENGED;
  static final String OF_APP = "response_type=code&client_id=app&state=xyz&" + CHALLENGED;

  AuthorizeSupport(Running running) {
    super(running);
  }

  final UserAgent alice() {
    return UserAgent.ofAlice(shop());
  }

  static String header() {
    return "X-Correlation-ID: " + UUID.randomUUID();
  }

  /** That the browser is sent on, and nothing of that is kept or told to others. */
  static Map<String, String> assertSentBack(Answer answer, String uri) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(303);
    assertThat(answer.header("Location").orElse("")).startsWith(uri);
    Refusals.assertNoStore(answer);
    assertThat(answer.headers("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(answer.text()).isEmpty();
    return UserAgent.query(answer);
  }

  /** That the client is told of a refusal by redirect, and the operator of its cause. */
  final Map<String, String> assertToldToClient(
      Answer answer, String header, String uri, StandardReason reason) {
    Map<String, String> told = assertSentBack(answer, uri);
    assertThat(told)
        .containsEntry("error", reason.code().wire())
        .doesNotContainKey("code")
        .hasEntrySatisfying(
            "error_description",
            text ->
                assertThat(text).startsWith(reason.face().label() + ": " + reason.face().text()))
        .hasEntrySatisfying(
            "error_uri", page -> assertThat(page).endsWith("/errors/" + reason.face().number()));
    assertLogged(shop(), header, reason);
    return told;
  }

  final void assertToldToPerson(Answer answer, String header, int status, StandardReason reason) {
    assertToldToPerson(shop(), answer, header, status, reason);
  }

  /** That the person is told of a refusal, redirected nowhere, and the operator told its cause. */
  static void assertToldToPerson(
      Endpoint at, Answer answer, String header, int status, StandardReason reason) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(status);
    assertThat(answer.headers("Location")).isEmpty();
    Refusals.assertNoStore(answer);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("text/html");
    assertThat(answer.header("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    String traceId = UserAgent.traceId(answer);
    assertThat(answer.text())
        .contains(reason.face().label(), header.substring(header.indexOf(' ') + 1))
        .doesNotContain("<script");
    assertThat(assertLogged(at, header, reason)).contains(" trace_id=" + traceId + " ");
  }

  /** The line with which a refusal was logged. */
  static String assertLogged(Endpoint at, String header, StandardReason reason) {
    String line = at.logLineWith(" correlation_id=" + header.substring(header.indexOf(' ') + 1));
    assertThat(line)
        .contains(
            "refused number="
                + reason.label()
                + " cause="
                + reason.name()
                + " told="
                + reason.face().label()
                + " error="
                + reason.face().code().wire()
                + " ")
        .contains("/authorize\" ")
        .matches("[\\x20-\\x7E]{1,1200}");
    return line;
  }
}
