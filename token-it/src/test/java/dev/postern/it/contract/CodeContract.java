package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CODE_EXPIRED;
import static dev.postern.core.StandardReason.CODE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.CODE_REVOKED;
import static dev.postern.core.StandardReason.CODE_SPENT;
import static dev.postern.core.StandardReason.CODE_UNKNOWN;
import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.PARAMETER_TOO_LONG;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISMATCH;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISSING;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.VERIFIER_MISMATCH;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Endpoint.encode;
import static dev.postern.it.contract.TestClients.OTHER;
import static dev.postern.it.contract.TestClients.OTHER_URI;
import static dev.postern.it.contract.TestClients.OTHER_URI_2;
import static dev.postern.it.contract.TestClients.SHOP;
import static dev.postern.it.contract.TestClients.SHOP_URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Realm;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Authorization Code Grant: access token request")
@Rfc({"RFC6749-4.1.3", "RFC6749-4.1.2"})
abstract class CodeContract extends Contract {
  private static final String URI = "&redirect_uri=" + encode(SHOP_URI);

  CodeContract(Running running) {
    super(running);
  }

  private Answer redeem(String code, String more, String header) {
    return shop().token("grant_type=authorization_code&code=" + code + more, header);
  }

  @Test
  void a_code_is_exchanged_for_tokens() {
    Answer answer = redeem(shop().code(SHOP, ""), "", AS_SHOP);
    JsonObject tokens = assertIssued(answer);

    assertThat(tokens.keySet())
        .containsExactly("access_token", "token_type", "expires_in", "refresh_token", "scope");
    assertThat(tokens.getString("scope")).isEqualTo("profile email orders.read");
    assertThat(shop().find(access(tokens)))
        .matches("shop\\|alice\\|profile email orders\\.read\\|(600|59\\d)");
  }

  @Test
  void a_client_without_refresh_tokens_gets_none() {
    String code = shop().code(TestClients.CODE_ONLY, "");

    assertThat(assertIssued(redeem(code, "", AS_CODE_ONLY))).doesNotContainKey("refresh_token");
  }

  @Test
  void the_scope_is_what_the_user_consented_to() {
    JsonObject tokens = assertIssued(redeem(shop().code(SHOP, "scope=email"), "", AS_SHOP));

    assertThat(tokens.getString("scope")).isEqualTo("email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile+email+orders.read", "admin", "", "%22", "email"})
  @DisplayName("scope sent with a code must not widen")
  void a_scope_beside_the_code_is_ignored(String scope) {
    JsonObject tokens =
        assertIssued(redeem(shop().code(SHOP, "scope=email"), "&scope=" + scope, AS_SHOP));

    assertThat(tokens.getString("scope")).isEqualTo("email");
    assertThat(shop().find(access(tokens))).contains("|alice|email|");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a-code-of-nobody-0",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "+",
        "%C3%A9",
        "null"
      })
  void an_unknown_code(String code) {
    assertRefused(redeem(code, "", AS_SHOP), 400, GRANT_REFUSED, CODE_UNKNOWN);
  }

  @Test
  void a_code_that_is_not_quite_it() {
    String code = shop().code(SHOP, "");
    for (String other :
        new String[] {
          code + "x",
          code.substring(1),
          code.substring(0, 42),
          code + "+",
          "+" + code,
          code + "%3D",
          swapCase(code)
        }) {
      assertRefused(redeem(other, "", AS_SHOP), 400, GRANT_REFUSED, CODE_UNKNOWN);
    }
    assertIssued(redeem(code, "", AS_SHOP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %s&code=x        | PARAMETER_REPEATED
          %s%%0A           | PARAMETER_MALFORMED
          """)
  void a_malformed_request_leaves_the_code_alone(
      String value, dev.postern.core.StandardReason reason) {
    String code = shop().code(SHOP, "");

    assertThat(reason).isIn(PARAMETER_REPEATED, PARAMETER_MALFORMED);
    assertRefused(redeem(value.formatted(code), "", AS_SHOP), 400, reason);
    assertRefused(redeem("x".repeat(4_001), "", AS_SHOP), 400, PARAMETER_TOO_LONG);
    assertIssued(redeem(code, "", AS_SHOP));
  }

  @Test
  void tokens_are_no_codes() {
    JsonObject tokens = shopTokens();

    assertRefused(redeem(access(tokens), "", AS_SHOP), 400, GRANT_REFUSED, CODE_UNKNOWN);
    assertRefused(redeem(refresh(tokens), "", AS_SHOP), 400, GRANT_REFUSED, CODE_UNKNOWN);
    assertThat(shop().isAlive(access(tokens))).isTrue();
  }

  @Test
  @DisplayName(
      "ensure that the authorization code was issued to the authenticated confidential client")
  void a_code_of_another_client() {
    String code = shop().code(SHOP, "");

    assertRefused(redeem(code, "", AS_OTHER), 400, GRANT_REFUSED, CODE_OF_OTHER_CLIENT);
    assertRefused(
        redeem(code, "&client_id=app", "X-None: 1"), 400, GRANT_REFUSED, CODE_OF_OTHER_CLIENT);
    assertIssued(redeem(code, "", AS_SHOP));
  }

  @Test
  void who_does_not_authenticate_leaves_the_code_alone() {
    String code = shop().code(SHOP, "");
    assertRefused(
        redeem(code, "", basic(SHOP, "wrong-secret")), 401, CLIENT_REFUSED, SECRET_MISMATCH);
    assertRefused(redeem(code, "", AS_BATCH), 400, GRANT_TYPE_NOT_REGISTERED);

    assertIssued(redeem(code, "", AS_SHOP));
  }

  @Test
  @DisplayName("The client MUST NOT use the authorization code more than once")
  void a_replay_by_its_owner_revokes_what_came_of_it() {
    String code = shop().code(SHOP, "");
    JsonObject tokens = assertIssued(redeem(code, "", AS_SHOP));
    JsonObject refreshed = assertIssued(refreshShop(refresh(tokens), ""));
    assertThat(shop().isAlive(access(tokens))).isTrue();

    assertRefused(redeem(code, "", AS_SHOP), 400, GRANT_REFUSED, CODE_SPENT);

    assertThat(shop().isAlive(access(tokens))).isFalse();
    assertThat(shop().isAlive(access(refreshed))).isFalse();
    assertThat(refreshShop(refresh(refreshed), "").status()).isEqualTo(400);
    assertRefused(redeem(code, "", AS_SHOP), 400, GRANT_REFUSED, CODE_SPENT);
  }

  @Test
  void a_replay_revokes_where_there_is_no_refresh_token() {
    String code = shop().code(TestClients.CODE_ONLY, "");
    JsonObject tokens = assertIssued(redeem(code, "", AS_CODE_ONLY));

    assertRefused(redeem(code, "", AS_CODE_ONLY), 400, GRANT_REFUSED, CODE_SPENT);
    assertThat(shop().isAlive(access(tokens))).isFalse();
  }

  @Test
  @DisplayName("a replay by a stranger is no weapon")
  void a_replay_by_another_changes_nothing() {
    String code = shop().code(SHOP, S256 + "&redirect_uri=" + encode(SHOP_URI));
    String proof = "&code_verifier=" + VERIFIER;
    JsonObject tokens = assertIssued(redeem(code, proof + URI, AS_SHOP));

    assertRefused(redeem(code, proof + URI, AS_OTHER), 400, GRANT_REFUSED, CODE_OF_OTHER_CLIENT);
    assertRefused(
        redeem(code, "&code_verifier=" + "x".repeat(43) + URI, AS_SHOP),
        400,
        GRANT_REFUSED,
        VERIFIER_MISMATCH);
    assertRefused(
        redeem(code, proof + URI + "x", AS_SHOP), 400, GRANT_REFUSED, REDIRECT_URI_MISMATCH);
    assertRefused(redeem(code, proof, AS_SHOP), 400, GRANT_REFUSED, REDIRECT_URI_MISSING);

    assertThat(shop().isAlive(access(tokens))).isTrue();
    assertIssued(refreshShop(refresh(tokens), ""));
  }

  @Test
  @DisplayName("The authorization code MUST expire shortly after it is issued")
  void an_expired_code() {
    Endpoint brief = brief(this);
    String code = brief.code(SHOP, "");
    String mark = brief.code(SHOP, "");
    JsonObject tokens =
        assertIssued(brief.token("grant_type=authorization_code&code=" + mark, AS_SHOP));

    // An access token lives twice as long there.
    awaitDeath(brief, access(tokens));
    Answer answer = brief.token("grant_type=authorization_code&code=" + code, AS_SHOP);
    brief.assertRefused(answer, 400, GRANT_REFUSED, CODE_EXPIRED);
    assertThat(brief.logLine(answer)).containsPattern(" detail=\"\\d+ s ago\"");
    Traced.assertTraced(brief, answer, CODE_EXPIRED, " s ago");
    brief.assertRefused(
        brief.token("grant_type=authorization_code&code=" + code, AS_OTHER),
        400,
        GRANT_REFUSED,
        CODE_OF_OTHER_CLIENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "revoke-token&token=",
        "revoke-user&subject=bob",
        "revoke-client&client=code-only"
      })
  void a_code_that_the_application_took_back(String how) {
    String answer = shop().host("do=code&subject=bob&client=" + TestClients.CODE_ONLY);
    String code = answer.substring("code ".length());
    shop().host("do=" + how + (how.endsWith("=") ? code : ""));

    assertRefused(redeem(code, "", AS_CODE_ONLY), 400, GRANT_REFUSED, CODE_REVOKED);
  }

  @Test
  void to_take_a_spent_code_back_takes_its_tokens_back() {
    String code = shop().code(SHOP, "");
    JsonObject tokens = assertIssued(redeem(code, "", AS_SHOP));
    shop().host("do=revoke-token&token=" + code);

    assertThat(shop().isAlive(access(tokens))).isFalse();
    assertThat(refreshShop(refresh(tokens), "").status()).isEqualTo(400);
  }

  @Test
  @DisplayName(
      "redirect_uri REQUIRED, if the \"redirect_uri\" parameter was included in the authorization"
          + " request")
  void a_redirect_uri_that_was_named_has_to_be_named_again() {
    String code = shop().code(SHOP, "redirect_uri=" + encode(SHOP_URI));

    assertRefused(redeem(code, "", AS_SHOP), 400, GRANT_REFUSED, REDIRECT_URI_MISSING);
    assertRefused(
        redeem(code, "&redirect_uri=", AS_SHOP), 400, GRANT_REFUSED, REDIRECT_URI_MISSING);
    assertIssued(redeem(code, URI, AS_SHOP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example/cb?from=login/",
        "https://shop.example/cb/?from=login",
        "https://shop.example/cb",
        "https://shop.example/cb?from=login&",
        "https://shop.example/cb?from=login#",
        "https://shop.example/cb?from=Login",
        "https://shop.example/CB?from=login",
        "https://SHOP.example/cb?from=login",
        "HTTPS://shop.example/cb?from=login",
        "http://shop.example/cb?from=login",
        "https://shop.example:443/cb?from=login",
        "https://shop.example./cb?from=login",
        "https://user@shop.example/cb?from=login",
        "https://shop.example/x/../cb?from=login",
        "https://shop.example/%63b?from=login",
        "https://shop.example/cb?from=log%69n",
        "https://shop.example/cb?from=login&x=1",
        " https://shop.example/cb?from=login",
        "https://shop.example.evil.example/cb?from=login",
        "https://other.example/cb",
        "shop",
        "*"
      })
  @DisplayName("their values MUST be identical")
  void another_redirect_uri(String uri) {
    String code = shop().code(SHOP, "redirect_uri=" + encode(SHOP_URI));
    Answer answer = redeem(code, "&redirect_uri=" + encode(uri), AS_SHOP);

    assertRefused(answer, 400, GRANT_REFUSED, REDIRECT_URI_MISMATCH);
    assertIssued(redeem(code, URI, AS_SHOP));
  }

  @Test
  void the_other_registered_redirect_uri_is_another() {
    String code = shop().code(OTHER, "redirect_uri=" + encode(OTHER_URI));
    Answer answer = redeem(code, "&redirect_uri=" + encode(OTHER_URI_2), AS_OTHER);

    assertRefused(answer, 400, GRANT_REFUSED, REDIRECT_URI_MISMATCH);
  }

  @Test
  void a_redirect_uri_that_was_not_named_may_be_left_out_or_be_right() {
    assertIssued(redeem(shop().code(SHOP, ""), "", AS_SHOP));
    assertIssued(redeem(shop().code(SHOP, ""), URI, AS_SHOP));
    assertRefused(
        redeem(shop().code(SHOP, ""), URI + "x", AS_SHOP),
        400,
        GRANT_REFUSED,
        REDIRECT_URI_MISMATCH);
  }

  @Test
  void a_public_client_redeems_its_code() {
    String code = shop().code(TestClients.APP, S256);
    Answer answer = redeem(code, "&client_id=app&code_verifier=" + VERIFIER, "X-None: 1");

    assertThat(assertIssued(answer)).containsKey("refresh_token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client=nobody                                            | CLIENT_UNKNOWN_HERE
          client=disabled                                          | CLIENT_DISABLED_HERE
          client=batch                                             | GRANT_TYPE_NOT_REGISTERED
          client=shop&redirect_uri=https://evil.example/cb         | REDIRECT_URI_NOT_REGISTERED redirect_uri
          client=shop&redirect_uri=https://shop.example/cb         | REDIRECT_URI_NOT_REGISTERED redirect_uri
          client=other                                             | REDIRECT_URI_LEFT_OUT redirect_uri
          client=shop&scope=admin                                  | SCOPE_NOT_ALLOWED scope
          client=shop&scope=email++profile                         | SCOPE_MALFORMED scope
          client=app                                               | CHALLENGE_REQUIRED code_challenge
          client=app&code_challenge=                               | CHALLENGE_REQUIRED code_challenge
          client=app&code_challenge=%1$s                           | CHALLENGE_METHOD_UNSUPPORTED code_challenge_method
          client=app&code_challenge=%1$s&code_challenge_method=plain | CHALLENGE_METHOD_UNSUPPORTED code_challenge_method
          client=shop&code_challenge=%1$s&code_challenge_method=s256 | CHALLENGE_METHOD_UNSUPPORTED code_challenge_method
          client=shop&code_challenge=%1$s&code_challenge_method=none | CHALLENGE_METHOD_UNSUPPORTED code_challenge_method
          client=shop&code_challenge=%1$sx&code_challenge_method=S256 | PARAMETER_MALFORMED code_challenge
          client=shop&code_challenge=%1$s%%3D&code_challenge_method=S256 | PARAMETER_MALFORMED code_challenge
          client=shop&code_challenge=short&code_challenge_method=S256 | PARAMETER_MALFORMED code_challenge
          client=old-app&code_challenge=short&code_challenge_method=plain | PARAMETER_MALFORMED code_challenge
          """)
  @Rfc({"RFC6749-4.1.2.1", "RFC7636-4.4.1", "RFC9700-2.1.1"})
  void what_the_host_asks_for_is_checked(String form, String refusal) {
    String answer = shop().host("do=code&subject=alice&" + form.formatted(CHALLENGE));

    assertThat(answer.strip()).isEqualTo("refused " + refusal);
  }

  /** Where all that is issued lives a second or two. */
  static Endpoint brief(Contract contract) {
    return contract.endpoint(
        "brief",
        () ->
            TestApp.with(TestClients.all())
                .parameter("adminRole", Realm.ROLE)
                .parameter("codeLifetime", "PT1S")
                .parameter("accessTokenLifetime", "PT2S")
                .parameter("refreshTokenLifetime", "PT1S")
                .parameter("refreshGrace", "PT1S"));
  }

  /** Asks until the access token is dead. */
  static void awaitDeath(Endpoint endpoint, String accessToken) {
    long deadline = System.nanoTime() + java.time.Duration.ofSeconds(10).toNanos();
    try (dev.postern.it.RawConnection idle = endpoint.http().open()) {
      while (endpoint.isAlive(accessToken)) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        idle.expectSilence(java.time.Duration.ofMillis(50));
      }
    }
  }

  private static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder();
    text.chars()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .forEach(c -> swapped.append((char) c));
    return swapped.toString();
  }
}
