package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.PASSWORD_REFUSED;
import static dev.postern.core.StandardReason.REALM_UNAVAILABLE;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.StandardReason.TOO_MANY_FAILURES;
import static dev.postern.core.StandardReason.USER_ALREADY_LOGGED_IN;
import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AccessToken;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.Reason;
import dev.postern.core.ResourceOwners;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.TokenRequest;
import dev.postern.core.TokenResult;
import dev.postern.core.UnavailableException;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Rfc("RFC6749-4.3")
@DisplayName("RFC 6749 s4.3: resource owner password credentials grant")
class Section4_3Test {
  private static final String WAIT =
      "TOK9010: too many failed attempts; wait as long as Retry-After says";

  /** A realm in which Alice has the password "secret" and is known as "Alice". */
  private final List<String> tried = new ArrayList<>();

  private final ResourceOwners realm =
      (username, password) -> {
        tried.add(username);
        return username.equals("alice") && password.equals(Secret.of("secret"))
            ? Outcome.of("Alice")
            : Outcome.refused(PASSWORD_REFUSED);
      };

  private final Endpoint endpoint = Endpoint.builder().failureLimit(3).build();

  private TokenResult ask(Form form) {
    return ask(form, "source", realm);
  }

  private TokenResult ask(Form form, String source, ResourceOwners owners) {
    return endpoint.handle(new TokenRequest(basic(SHOP, SHOP_SECRET), form, source, owners));
  }

  @Test
  @DisplayName("s4.3.3: the authorization server issues an access token and optional refresh token")
  void login() {
    TokenResult.Issued answer = assertIssued(ask(Forms.password("alice", "secret")));

    assertThat(answer.subject()).isEqualTo("Alice");
    assertThat(answer.tokens().scope()).isEqualTo(Scope.of("profile orders.read orders.write"));
    TokenResult.Issued refreshed = assertIssued(Codes.refresh(endpoint, refreshToken(answer)));
    assertThat(refreshed.subject()).isEqualTo("Alice");
  }

  @Test
  @DisplayName("a token that speaks for itself: the refresh token is kept all the same")
  void self_contained_access_token() {
    Endpoint at =
        Endpoint.builder()
            .issuer((grant, lifetime) -> new AccessToken(Secret.of("jwt"), "Bearer", false))
            .build();
    TokenResult issued =
        at.handle(
            new TokenRequest(
                basic(SHOP, SHOP_SECRET), Forms.password("alice", "secret"), "", realm));

    assertIssued(Codes.refresh(at, refreshToken(issued)));
  }

  @Test
  void narrower_scope() {
    assertThat(
            assertIssued(ask(Forms.password("alice", "secret", "scope", "profile")))
                .tokens()
                .scope())
        .isEqualTo(Scope.of("profile"));
  }

  @Test
  void wrong_password_and_unknown_user_look_alike() {
    assertGrantRefused(ask(Forms.password("alice", "guess")), PASSWORD_REFUSED);
    assertGrantRefused(ask(Forms.password("nobody", "secret")), PASSWORD_REFUSED);
    assertGrantRefused(ask(Forms.password("alice", "Secret")), PASSWORD_REFUSED);
    assertGrantRefused(ask(Forms.password("Alice", "secret")), PASSWORD_REFUSED);
  }

  @Test
  @DisplayName("a refusal must cost nothing: the scope comes before the login")
  void scope_comes_before_the_login() {
    assertRefused(
        ask(Forms.password("alice", "secret", "scope", "admin")),
        SCOPE_NOT_ALLOWED,
        "invalid_scope",
        "TOK6002: the scope exceeds what is allowed: scope");
    assertRefused(
        ask(Forms.password("alice", "guess", "scope", "a  b")),
        SCOPE_MALFORMED,
        "invalid_scope",
        "TOK6001: the scope is not a list of words with one space between them: scope");
    assertThat(tried).isEmpty();
  }

  @Test
  void who_may_not_ask_logs_nobody_in() {
    assertRefused(
        endpoint.handle(
            new TokenRequest(
                basic(BATCH, BATCH_SECRET), Forms.password("alice", "secret"), "source", realm)),
        GRANT_TYPE_NOT_REGISTERED,
        "unauthorized_client",
        "TOK4001: the client is not registered for this grant type");
    assertClientRefused(
        endpoint.handle(
            new TokenRequest(
                basic("nobody", "x"), Forms.password("alice", "secret"), "source", realm)),
        CLIENT_UNKNOWN);
    assertThat(tried).isEmpty();
  }

  @Test
  void session_present() {
    ResourceOwners loggedIn = (username, password) -> Outcome.refused(USER_ALREADY_LOGGED_IN);

    for (int i = 0; i < 5; i++) {
      assertRefused(
          ask(Forms.password("alice", "secret"), "source", loggedIn),
          USER_ALREADY_LOGGED_IN,
          "invalid_request",
          "TOK1041: the request came with a session or a user; a password grant takes neither");
    }
    assertIssued(ask(Forms.password("alice", "secret")));
  }

  @Test
  void realm_down() {
    ResourceOwners down =
        (username, password) -> {
          throw new UnavailableException(REALM_UNAVAILABLE, "no answer", new Exception("timeout"));
        };

    for (int i = 0; i < 5; i++) {
      var refused =
          assertRefused(
              ask(Forms.password("alice", "secret"), "source", down),
              REALM_UNAVAILABLE,
              "temporarily_unavailable",
              "TOK9004: the user directory is not available");
      assertThat(refused.clientId()).isEqualTo(SHOP);
    }
    assertIssued(ask(Forms.password("alice", "secret")));
  }

  @Test
  void no_container_no_password() {
    assertGrantRefused(
        endpoint.handle(basic(SHOP, SHOP_SECRET), Forms.password("alice", "secret")),
        PASSWORD_REFUSED);
  }

  @Test
  @Rfc("RFC6749-4.3.2")
  @DisplayName(
      "s4.3.2: the authorization server MUST protect the endpoint against brute force attacks")
  void guessing_is_slowed_down() {
    for (int i = 0; i < 3; i++) {
      assertGrantRefused(ask(Forms.password("alice", "guess" + i)), PASSWORD_REFUSED);
    }

    assertRefused(
        ask(Forms.password("alice", "secret")), TOO_MANY_FAILURES, "temporarily_unavailable", WAIT);
    assertThat(tried).hasSize(3);

    endpoint.clock().advance(Duration.ofMinutes(1));
    assertIssued(ask(Forms.password("alice", "secret")));
  }

  @Test
  @Rfc("RFC6749-4.3.2")
  @DisplayName("s4.3.2: of twenty guesses at once no more are compared than may fail")
  void guesses_at_once() throws Exception {
    // A realm that answers nobody before all have come, to it or to their refusal.
    CountDownLatch come = new CountDownLatch(20);
    AtomicInteger compared = new AtomicInteger();
    ResourceOwners slow =
        (username, password) -> {
          compared.incrementAndGet();
          come.countDown();
          try {
            come.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return Outcome.refused(PASSWORD_REFUSED);
        };
    ExecutorService threads = Executors.newFixedThreadPool(20);
    Map<Reason, Integer> causes = new HashMap<>();
    try {
      List<Callable<TokenResult>> guesses = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Form guess = Forms.password("alice", "guess" + i);
        guesses.add(
            () -> {
              TokenResult answer = ask(guess, "source", slow);
              come.countDown();
              return answer;
            });
      }
      for (Future<TokenResult> answer : threads.invokeAll(guesses)) {
        TokenResult.Refused refused = (TokenResult.Refused) answer.get();
        causes.merge(refused.refusal().reason(), 1, Integer::sum);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(compared).hasValue(3);
    assertThat(causes).isEqualTo(Map.of(PASSWORD_REFUSED, 3, TOO_MANY_FAILURES, 17));
  }

  @Test
  void who_knows_the_password_is_not_braked_by_logging_in_often() {
    for (int i = 0; i < 50; i++) {
      assertIssued(ask(Forms.password("alice", "secret")));
    }
  }

  @Test
  void counted_by_user_name_and_by_source() {
    for (int i = 0; i < 5; i++) {
      ask(Forms.password("alice", "guess"));
      ask(Forms.password(SHOP, "guess"));
    }

    assertIssued(ask(Forms.password("alice", "secret"), "elsewhere", realm));
    assertGrantRefused(ask(Forms.password("bob", "guess")), PASSWORD_REFUSED);
    // A user name that is also a client's id takes nothing from the client.
    assertGrantRefused(ask(Forms.password("carol", "guess")), PASSWORD_REFUSED);
    assertClientRefused(
        endpoint.handle(
            new TokenRequest(basic("alice", "x"), Form.of(), "source", ResourceOwners.none())),
        CLIENT_UNKNOWN);
  }

  @Test
  void failed_clients_take_nothing_from_users() {
    for (int i = 0; i < 5; i++) {
      endpoint.handle(new TokenRequest(basic("alice", "x"), Form.of(), "source", realm));
    }

    assertIssued(ask(Forms.password("alice", "secret")));
  }
}
