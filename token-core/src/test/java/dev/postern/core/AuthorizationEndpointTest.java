package dev.postern.core;

import static dev.postern.core.testing.Codes.CHALLENGE;
import static dev.postern.core.testing.TestClients.APP;
import static dev.postern.core.testing.TestClients.APP_URI;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.KIOSK;
import static dev.postern.core.testing.TestClients.KIOSK_URI;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.memory.MemoryClients;
import dev.postern.core.memory.MemoryConsents;
import dev.postern.core.memory.MemoryStore;
import dev.postern.core.testing.SettableClock;
import dev.postern.core.testing.TestClients;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The authorization endpoint, below HTTP")
class AuthorizationEndpointTest {
  private static final String ISSUER = "https://shop.example/oauth";
  private static final Visitor ALICE = Visitor.of("alice");

  private final ConsentStore consents = new MemoryConsents(100);
  private final AuthorizationEndpoint endpoint = endpoint(TestClients.all(), Optional.of(ISSUER));

  private AuthorizationEndpoint endpoint(List<Client> known, Optional<String> issuer) {
    MemoryClients clients = new MemoryClients(known, 42);
    CodeRules rules = new CodeRules(clients, false);
    return new AuthorizationEndpoint(rules, server(rules, consents, issuer), consents);
  }

  private static AuthorizationServer server(
      CodeRules rules, ConsentStore consents, Optional<String> issuer) {
    return new AuthorizationServer(
        rules,
        new MemoryStore(new SettableClock(), 1_000),
        consents,
        new RandomTokens(new SecureRandom()),
        Lifetimes.STANDARD,
        issuer);
  }

  /** A good request of shop's; a name that is given again has this value instead. */
  private static Form shop(String... changes) {
    return asked(
        List.of("response_type", "code", "client_id", SHOP, "redirect_uri", SHOP_URI), changes);
  }

  /** The same of the app, which is public. */
  private static Form app(String... changes) {
    return asked(
        List.of(
            "response_type",
            "code",
            "client_id",
            APP,
            "redirect_uri",
            APP_URI,
            "code_challenge",
            CHALLENGE,
            "code_challenge_method",
            "S256"),
        changes);
  }

  private static Form asked(List<String> good, String... changes) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < good.size(); i += 2) {
      parameters.put(good.get(i), good.get(i + 1));
    }
    for (int i = 0; i < changes.length; i += 2) {
      parameters.put(changes[i], changes[i + 1]);
    }
    Form.Builder form = Form.builder();
    parameters.forEach(form::add);
    return form.build();
  }

  private AuthorizationResult.Refused refused(Form form, Visitor visitor) {
    AuthorizationResult result = endpoint.handle(form, visitor);
    assertThat(result).isInstanceOf(AuthorizationResult.Refused.class);
    return (AuthorizationResult.Refused) result;
  }

  private void assertToldToPerson(Form form, Reason reason) {
    AuthorizationResult.Refused refused = refused(form, ALICE);

    assertThat(refused.refusal().reason()).isEqualTo(reason);
    assertThat(refused.returnTo()).isEmpty();
  }

  private void assertToldToClient(Form form, Visitor visitor, Reason reason, String subject) {
    AuthorizationResult.Refused refused = refused(form, visitor);

    assertThat(refused.refusal().reason()).isEqualTo(reason);
    assertThat(refused.refusal().subject()).isEqualTo(subject);
    assertThat(refused.clientId()).isEqualTo(form.first("client_id").orElseThrow());
    assertThat(refused.returnTo().orElseThrow().redirectUri())
        .isEqualTo(form.first("redirect_uri").orElseThrow());
  }

  @Test
  void who_is_not_known_is_sent_nowhere() {
    assertToldToPerson(shop("client_id", "nobody"), StandardReason.CLIENT_UNKNOWN_HERE);
    assertToldToPerson(shop("client_id", ""), StandardReason.PARAMETER_MISSING);
    assertToldToPerson(
        shop("redirect_uri", SHOP_URI + "/"), StandardReason.REDIRECT_URI_NOT_REGISTERED);
    // It has two, so it has to say which.
    assertToldToPerson(shop("redirect_uri", ""), StandardReason.REDIRECT_URI_LEFT_OUT);
    assertThat(refused(shop("client_id", "nobody"), ALICE).clientId()).isEqualTo("nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "redirect_uri"})
  void two_of_what_tells_who_asks(String name) {
    Form.Builder form = Form.builder();
    Form good = shop();
    for (int i = 0; i < good.size(); i++) {
      form.add(good.name(i), good.value(i));
    }
    form.add(name, good.first(name).orElseThrow());

    assertToldToPerson(form.build(), StandardReason.PARAMETER_REPEATED);
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, '', PARAMETER_MISSING, response_type",
    "response_type, token, RESPONSE_TYPE_UNSUPPORTED, response_type",
    "response_type, code id_token, RESPONSE_TYPE_UNSUPPORTED, response_type",
    "response_mode, fragment, RESPONSE_MODE_UNSUPPORTED, response_mode",
    "request, e30.e30., REQUEST_OBJECT_UNSUPPORTED, request",
    "request_uri, urn:x, REQUEST_URI_UNSUPPORTED, request_uri",
    "scope, admin, SCOPE_NOT_ALLOWED, scope",
    "prompt, none login, PROMPT_UNSUPPORTED, prompt",
    "prompt, create, PROMPT_UNSUPPORTED, prompt",
    "code_challenge_method, S512, CHALLENGE_METHOD_UNSUPPORTED, code_challenge_method"
  })
  void what_is_wrong_is_told_to_a_client_that_is_known(
      String name, String value, StandardReason reason, String subject) {
    assertToldToClient(app(name, value), ALICE, reason, subject);
  }

  @Test
  void a_public_client_has_to_send_a_challenge() {
    assertToldToClient(
        app("code_challenge", "", "code_challenge_method", ""),
        ALICE,
        StandardReason.CHALLENGE_REQUIRED,
        "code_challenge");
  }

  @Test
  void a_client_that_takes_no_codes() {
    AuthorizationEndpoint odd =
        endpoint(
            List.of(
                TestClients.batch()
                    .grantTypes("refresh_token")
                    .redirectUris("https://batch.example/")
                    .build()),
            Optional.empty());
    AuthorizationResult result =
        odd.handle(shop("client_id", BATCH, "redirect_uri", "https://batch.example/"), ALICE);

    assertThat(result)
        .isInstanceOfSatisfying(
            AuthorizationResult.Refused.class,
            refused -> {
              assertThat(refused.refusal().reason())
                  .isEqualTo(StandardReason.GRANT_TYPE_NOT_REGISTERED);
              assertThat(refused.returnTo()).isPresent();
            });
  }

  @Test
  @DisplayName("MUST always authenticate the user first: even an error waits for the login")
  void nobody_is_sent_on_before_the_login() {
    for (Form form : List.of(shop(), shop("response_type", "token"))) {
      assertThat(endpoint.handle(form, Visitor.NOBODY))
          .isInstanceOfSatisfying(
              AuthorizationResult.LoginFirst.class,
              login -> {
                assertThat(login.again()).isFalse();
                assertThat(login.clientId()).isEqualTo(SHOP);
                assertThat(login.returnTo().redirectUri()).isEqualTo(SHOP_URI);
              });
    }
  }

  @Test
  void none_asks_nothing() {
    assertToldToClient(shop("prompt", "none"), Visitor.NOBODY, StandardReason.LOGIN_NEEDED, "");
    assertToldToClient(shop("prompt", "none"), ALICE, StandardReason.CONSENT_NEEDED, "");
    consents.save(SHOP, "alice", Scope.of("profile orders.read orders.write"));

    assertThat(endpoint.handle(shop("prompt", "none"), ALICE))
        .isInstanceOfSatisfying(
            AuthorizationResult.Granted.class,
            granted -> {
              assertThat(granted.grant().clientId()).isEqualTo(SHOP);
              assertThat(granted.grant().subject()).isEqualTo("alice");
              assertThat(granted.toString()).doesNotContain(granted.code().code().reveal());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "select_account", "login consent"})
  void who_is_to_log_in_again_does_so_once(String prompt) {
    assertThat(endpoint.handle(shop("prompt", prompt), ALICE))
        .isInstanceOfSatisfying(
            AuthorizationResult.LoginFirst.class, login -> assertThat(login.again()).isTrue());
    assertThat(endpoint.handle(shop("prompt", prompt), ALICE.freshly()))
        .isInstanceOf(AuthorizationResult.AskConsent.class);
  }

  @Test
  void a_user_who_was_never_asked_is_asked() {
    assertThat(endpoint.handle(shop("scope", "orders.read", "state", "s"), ALICE))
        .isInstanceOfSatisfying(
            AuthorizationResult.AskConsent.class,
            ask -> {
              assertThat(ask.request().client().id()).isEqualTo(SHOP);
              assertThat(ask.request().scope()).isEqualTo(Scope.of("orders.read"));
              assertThat(ask.request().parameters())
                  .containsOnlyKeys("client_id", "redirect_uri", "response_type", "scope", "state");
              assertThat(ask.request()).hasToString("AuthorizationRequest of client shop");
            });
    assertThat(consents.find(SHOP, "alice")).isEmpty();
  }

  @Test
  void the_response_mode_of_a_code_may_be_named() {
    assertThat(endpoint.handle(shop("response_mode", "query"), ALICE))
        .isInstanceOf(AuthorizationResult.AskConsent.class);
  }

  @Test
  void yes_is_remembered_and_no_is_not() {
    assertToldToClient(
        shop(), ALICE.answering(Visitor.Answer.DENIED), StandardReason.CONSENT_DENIED, "");
    assertThat(consents.find(SHOP, "alice")).isEmpty();
    assertThat(endpoint.handle(shop("scope", "profile"), ALICE.answering(Visitor.Answer.APPROVED)))
        .isInstanceOf(AuthorizationResult.Granted.class);

    assertThat(consents.find(SHOP, "alice")).hasValue(Scope.of("profile"));
    assertThat(endpoint.handle(shop("scope", "profile"), ALICE))
        .isInstanceOf(AuthorizationResult.Granted.class);
    assertThat(endpoint.handle(shop("scope", "profile orders.read"), ALICE))
        .isInstanceOf(AuthorizationResult.AskConsent.class);
    assertThat(endpoint.handle(shop("scope", "profile", "prompt", "consent"), ALICE))
        .isInstanceOf(AuthorizationResult.AskConsent.class);
  }

  @Test
  void what_was_allowed_before_is_kept_as_far_as_the_client_still_has_it() {
    consents.save(SHOP, "alice", Scope.of("profile gone"));

    endpoint.handle(shop("scope", "orders.read"), ALICE.answering(Visitor.Answer.APPROVED));

    assertThat(consents.find(SHOP, "alice").orElseThrow().containsAll(Scope.of("profile")))
        .isTrue();
    assertThat(consents.find(SHOP, "alice").orElseThrow().contains("gone")).isFalse();
    assertThat(consents.find(SHOP, "alice").orElseThrow().contains("orders.read")).isTrue();
  }

  @Test
  @DisplayName("an app that may be any app is asked for each time (RFC 8252 s8.6)")
  void an_app_is_not_remembered() {
    AuthorizationEndpoint own =
        endpoint(List.of(TestClients.app().consentSkipped(true).build()), Optional.empty());
    assertThat(endpoint.handle(app(), ALICE.answering(Visitor.Answer.APPROVED)))
        .isInstanceOf(AuthorizationResult.Granted.class);

    assertThat(consents.find(APP, "alice")).isEmpty();
    assertThat(endpoint.handle(app(), ALICE)).isInstanceOf(AuthorizationResult.AskConsent.class);
    assertThat(own.handle(app(), ALICE)).isInstanceOf(AuthorizationResult.AskConsent.class);
  }

  @Test
  void the_operator_s_own_is_not_asked_for() {
    AuthorizationEndpoint own =
        endpoint(List.of(TestClients.shop().consentSkipped(true).build()), Optional.empty());

    assertThat(own.handle(shop(), ALICE)).isInstanceOf(AuthorizationResult.Granted.class);
    assertThat(own.handle(shop("prompt", "consent"), ALICE))
        .isInstanceOf(AuthorizationResult.AskConsent.class);
  }

  @Test
  void the_answer_has_the_code_the_state_and_who_gave_it() {
    consents.save(KIOSK, "alice", Scope.of("profile"));
    Form form = Form.of("response_type", "code", "client_id", KIOSK, "state", "a b&c", "scope", "");

    assertThat(endpoint.handle(form, ALICE))
        .isInstanceOfSatisfying(
            AuthorizationResult.Granted.class,
            granted -> {
              assertThat(granted.location())
                  .matches(
                      Pattern.quote(KIOSK_URI)
                          + "\\?code=[A-Za-z0-9_-]{43}&state=a%20b%26c"
                          + "&iss=https%3A%2F%2Fshop\\.example%2Foauth");
              assertThat(granted.returnTo()).hasToString("ReturnAddress " + KIOSK_URI);
            });
  }

  @Test
  void a_state_that_came_twice_does_not_come_back() {
    Form.Builder form = Form.builder();
    Form good = shop("state", "one");
    for (int i = 0; i < good.size(); i++) {
      form.add(good.name(i), good.value(i));
    }
    Form twice = form.add("state", "two").build();

    AuthorizationResult.Refused refused = refused(twice, ALICE);

    assertThat(refused.refusal().reason()).isEqualTo(StandardReason.PARAMETER_REPEATED);
    assertThat(refused.returnTo().orElseThrow().with(Map.of("error", "x")))
        .isEqualTo(SHOP_URI + "?error=x&iss=https%3A%2F%2Fshop.example%2Foauth");
  }

  @Test
  void who_is_revoked_has_allowed_nothing_any_more() {
    CodeRules rules = new CodeRules(new MemoryClients(TestClients.all(), 42), false);
    for (String user : List.of("alice", "bob")) {
      consents.save(SHOP, user, Scope.of("profile"));
      consents.save(KIOSK, user, Scope.of("profile"));
    }

    server(rules, consents, Optional.empty()).revokeUser("alice");
    server(rules, consents, Optional.empty()).revokeClient(KIOSK);

    assertThat(consents.find(SHOP, "alice")).isEmpty();
    assertThat(consents.find(KIOSK, "bob")).isEmpty();
    assertThat(consents.find(SHOP, "bob")).isPresent();
  }

  @Test
  void a_store_that_is_not_there() {
    ConsentStore down =
        new ConsentStore() {
          @Override
          public Optional<Scope> find(String clientId, String subject) {
            throw new UnavailableException(StandardReason.STORE_UNAVAILABLE, "down");
          }

          @Override
          public void save(String clientId, String subject, Scope scope) {
            throw new UnavailableException(StandardReason.STORE_UNAVAILABLE, "down");
          }

          @Override
          public void forgetSubject(String subject) {}

          @Override
          public void forgetClient(String clientId) {}
        };
    MemoryClients clients = new MemoryClients(TestClients.all(), 42);
    CodeRules rules = new CodeRules(clients, false);
    AuthorizationResult result =
        new AuthorizationEndpoint(rules, server(rules, down, Optional.empty()), down)
            .handle(shop(), ALICE);

    assertThat(result)
        .isInstanceOfSatisfying(
            AuthorizationResult.Refused.class,
            refused -> {
              assertThat(refused.refusal().reason()).isEqualTo(StandardReason.STORE_UNAVAILABLE);
              assertThat(refused.returnTo()).isPresent();
            });
  }

  @Test
  void what_an_authorization_request_has() {
    assertThat(AuthorizationEndpoint.knows("client_id")).isTrue();
    assertThat(AuthorizationEndpoint.knows("state")).isTrue();
    assertThat(AuthorizationEndpoint.knows("tenant")).isFalse();
  }
}
