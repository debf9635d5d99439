package dev.postern.it.contract;

import static dev.postern.core.StandardReason.BEARER_TOKEN_MISSING;
import static dev.postern.core.StandardReason.CONSENT_DENIED;
import static dev.postern.core.StandardReason.LOGIN_NEEDED;
import static dev.postern.core.StandardReason.PROMPT_UNSUPPORTED;
import static dev.postern.core.StandardReason.SCOPE_INSUFFICIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.ReasonTexts;
import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.AnyServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Issue 4: on each page, a request that is refused for just that, and one that works")
abstract class PageExamplesContract extends AuthorizeSupport {
  private static final ReasonTexts ENGLISH = ReasonTexts.in(Locale.ENGLISH);

  /** Of these, too, the circumstances under which the example is refused can be had here. */
  private static final Set<Integer> ARRANGED =
      Set.of(1040, 2105, 3103, 3105, 3106, 3107, 3108, 3109, 3111, 5101, 8010);

  /** What works in place of a password needs a realm, or a secret that the client does not have. */
  private static final Set<Integer> WORKING_ELSEWHERE = Set.of(1041, 2107, 2110, 3301, 9004);

  PageExamplesContract(Running running) {
    super(running);
  }

  /** The application that the examples speak to. */
  private PageExamples examples() {
    return new PageExamples(
        endpoint(
            "examples",
            () ->
                TestApp.with(TestClients.ofTheRfc())
                    .xml(BearerContract.filter("bearer", "/orders", "scope", "orders.read"))
                    .dispatchers("REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC")));
  }

  // The token endpoint and its neighbours

  /** Those that a request meets at the authorization endpoint. */
  private static boolean isOfAuthorization(StandardReason reason) {
    return reason.number() / 1_000 == 7 || Set.of(1050, 1051, 1052).contains(reason.number());
  }

  private static boolean isOfResources(StandardReason reason) {
    return reason.number() / 10 == 800;
  }

  static Stream<StandardReason> that_a_request_alone_provokes() {
    return Stream.of(StandardReason.values())
        .filter(reason -> !isOfAuthorization(reason))
        .filter(reason -> ENGLISH.when(reason).isEmpty() || ARRANGED.contains(reason.number()));
  }

  @ParameterizedTest
  @MethodSource("that_a_request_alone_provokes")
  void is_refused_for_just_that(StandardReason reason) {
    boolean isPkce = examples().working(reason).contains("code_verifier");
    String request = examples().refused(reason);
    if (!reason.equals(StandardReason.CODE_UNKNOWN)
        && !reason.equals(StandardReason.GRANT_REFUSED)) {
      request = examples().withCode(request, isPkce);
    }
    if (reason == StandardReason.CODE_SPENT) {
      assertIssued(examples().sent(request));
    }

    Answer answer = examples().sent(request);

    JsonObject body = answer.json();
    StandardReason told = (StandardReason) reason.face();
    assertThat(body.getString("error_description")).startsWith(told.label() + ":");
    assertThat(body.getString("error_uri"))
        .isEqualTo("http://shop.example/shop/oauth/errors/" + told.number());
    if (told != reason) {
      assertThat(Refusals.line(body, running().log())).contains(" cause=" + reason.name() + " ");
    }
  }

  static Stream<StandardReason> whose_other_example_is_answered_with_tokens() {
    return Stream.of(StandardReason.values())
        .filter(
            reason ->
                !isOfAuthorization(reason)
                    && reason.number() / 1_000 != 8
                    && !WORKING_ELSEWHERE.contains(reason.number()));
  }

  @ParameterizedTest
  @MethodSource("whose_other_example_is_answered_with_tokens")
  void works(StandardReason reason) {
    String request = examples().working(reason);
    boolean isPkce = request.contains("code_verifier");

    assertIssued(
        examples().sent(examples().withRefreshToken(examples().withCode(request, isPkce))));
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardReason.class,
      names = {"INTROSPECTION_NOT_REGISTERED", "TOKEN_OF_OTHER_CLIENT"})
  void works_at_an_endpoint_without_tokens(StandardReason reason) {
    assertThat(examples().sent(examples().working(reason)).status()).isEqualTo(200);
  }

  // Resources

  static Stream<StandardReason> of_resources() {
    return Stream.of(StandardReason.values()).filter(PageExamplesContract::isOfResources);
  }

  @ParameterizedTest
  @MethodSource("of_resources")
  void works_at_a_resource(StandardReason reason) {
    String request = examples().withAccessToken(examples().working(reason));

    Answer answer = examples().sent(request);

    assertThat(answer.status()).as(request).isEqualTo(200);
    assertThat(answer.text()).startsWith("behind");
  }

  @Test
  void a_resource_refuses_who_brings_no_token_or_one_for_something_else() {
    String wrong = examples().refused(SCOPE_INSUFFICIENT);

    Answer none = examples().sent(examples().refused(BEARER_TOKEN_MISSING));
    Answer other =
        examples().sent(examples().withAccessToken(wrong, "mF_9.B5f-4.1JqM", "orders.write"));

    assertThat(none.status()).isEqualTo(401);
    assertThat(Refusals.line(none.json(), running().log())).contains("number=TOK8001 ");
    assertThat(other.status()).isEqualTo(403);
    assertThat(Refusals.line(other.json(), running().log())).contains("number=TOK8004 ");
  }

  // The authorization endpoint

  @ParameterizedTest
  @EnumSource(
      value = StandardReason.class,
      names = {
        "REDIRECT_URI_NOT_REGISTERED",
        "CHALLENGE_METHOD_UNSUPPORTED",
        "CLIENT_UNKNOWN_HERE",
        "RESPONSE_TYPE_UNSUPPORTED",
        "REQUEST_OBJECT_UNSUPPORTED",
        "REQUEST_URI_UNSUPPORTED",
        "RESPONSE_MODE_UNSUPPORTED",
        "PROMPT_UNSUPPORTED",
        "LOGIN_NEEDED",
        "CONSENT_NEEDED",
        "CONSENT_NOT_OURS"
      })
  void is_refused_by_the_authorization_endpoint(StandardReason reason) {
    Endpoint at = examples().endpoint();
    String request = examples().refused(reason);
    UserAgent browser = reason == LOGIN_NEEDED ? new UserAgent(at) : UserAgent.ofAlice(at);
    String header = header();

    Answer answer =
        request.startsWith("POST")
            ? browser.post(request.split("\n\n", 2)[1], header)
            : browser.authorize(examples().query(request), header);

    assertTold(at, answer, header, reason);
    if (reason != PROMPT_UNSUPPORTED) {
      // prompt=login is for FORM.
      assertAsked(examples().query(examples().working(reason)));
    }
  }

  @Test
  void is_refused_when_the_user_says_no() {
    UserAgent browser = UserAgent.ofAlice(examples().endpoint());
    String header = header();
    Answer page = browser.authorize(examples().query(examples().refused(CONSENT_DENIED)));

    Answer answer = browser.post(UserAgent.form(UserAgent.fields(page), "deny"), header);

    assertTold(examples().endpoint(), answer, header, CONSENT_DENIED);
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardReason.class,
      names = {"CHALLENGE_REQUIRED", "REDIRECT_URI_LEFT_OUT"})
  @AnyServer("the client is ours")
  void is_refused_to_a_public_client_with_two_addresses(StandardReason reason) {
    Endpoint at =
        endpoint(
            "examples-public",
            () ->
                TestApp.with(
                    TestClients.none()
                        .with(
                            TestClients.RFC,
                            "none",
                            TestClients.CODES,
                            client ->
                                client.add(
                                    "redirect_uris",
                                    Json.createArrayBuilder()
                                        .add(TestClients.RFC_URI)
                                        .add(TestClients.RFC_URI + "2")))));
    String header = header();

    Answer answer =
        UserAgent.ofAlice(at).authorize(examples().query(examples().refused(reason)), header);

    assertTold(at, answer, header, reason);
    assertAsked(examples().query(examples().working(reason)));
  }

  /** By redirect or on a page, and in the log. */
  private static void assertTold(Endpoint at, Answer answer, String header, StandardReason reason) {
    String told = answer.status() == 303 ? "" + UserAgent.query(answer) : answer.text();
    assertThat(told)
        .contains(reason.face().label(), "/shop/oauth/errors/" + reason.face().number());
    assertLogged(at, header, reason);
  }

  private void assertAsked(String query) {
    Answer page = UserAgent.ofAlice(examples().endpoint()).authorize(query);
    assertThat(page.status()).as(page::toString).isEqualTo(200);
    assertThat(UserAgent.fields(page)).isNotEmpty();
  }
}
