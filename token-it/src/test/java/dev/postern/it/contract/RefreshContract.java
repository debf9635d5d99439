package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_EXPIRED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REUSED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REVOKED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_UNKNOWN;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.TestClients.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.AnyServer;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Refreshing an access token: rotation, retry, reuse, scope")
@Rfc({"RFC6749-6", "RFC9700-4.14.2"})
@Slice
abstract class RefreshContract extends Contract {
  RefreshContract(Running running) {
    super(running);
  }

  @Test
  void new_tokens_take_the_place_of_the_old() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), ""));

    assertThat(second.keySet())
        .containsExactly("access_token", "token_type", "expires_in", "refresh_token", "scope");
    assertThat(second.getString("scope")).isEqualTo("profile email orders.read");
    assertThat(access(second)).isNotEqualTo(access(first));
    assertThat(refresh(second)).isNotEqualTo(refresh(first));
    assertThat(shop().find(access(second))).startsWith("shop|alice|profile email orders.read|");
    // "MAY revoke": the old access token has a while to live.
    assertThat(shop().isAlive(access(first))).isTrue();
  }

  @Test
  void a_long_line_of_rotations() {
    JsonObject tokens = shopTokens();
    for (int i = 0; i < 20; i++) {
      tokens = assertIssued(refreshShop(refresh(tokens), ""));
    }

    assertThat(shop().isAlive(access(tokens))).isTrue();
  }

  @Test
  @DisplayName("a refresh whose answer was lost gets the same answer again")
  void a_retry_gets_the_same_tokens() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), ""));
    for (int i = 0; i < 3; i++) {
      JsonObject again = assertIssued(refreshShop(refresh(first), ""));

      assertThat(access(again)).isEqualTo(access(second));
      assertThat(refresh(again)).isEqualTo(refresh(second));
      assertThat(again.getString("scope")).isEqualTo(second.getString("scope"));
      assertThat(again.getInt("expires_in")).isBetween(540, second.getInt("expires_in"));
    }
    assertIssued(refreshShop(refresh(second), ""));
  }

  @Test
  void a_retry_with_the_same_narrow_scope_gets_the_same_tokens() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), "&scope=email+profile"));

    assertThat(access(assertIssued(refreshShop(refresh(first), "&scope=profile+email"))))
        .isEqualTo(access(second));
  }

  @Test
  void a_retry_with_another_scope_is_a_reuse() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), ""));

    assertReused(refreshShop(refresh(first), "&scope=email"));
    assertThat(shop().isAlive(access(second))).isFalse();
  }

  @Test
  @DisplayName("the grace ends when the successor is first used; after that a reuse revokes all")
  void a_reuse_revokes_the_family() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), ""));
    JsonObject third = assertIssued(refreshShop(refresh(second), ""));

    assertReused(refreshShop(refresh(first), ""));

    for (JsonObject tokens : new JsonObject[] {first, second, third}) {
      assertThat(shop().isAlive(access(tokens))).isFalse();
      assertRefused(refreshShop(refresh(tokens), ""), 400, GRANT_REFUSED, REFRESH_TOKEN_REVOKED);
    }
  }

  @Test
  @AnyServer("the grace is a setting of ours")
  void where_there_is_no_grace_a_retry_is_a_reuse() {
    Endpoint strict =
        endpoint("strict", () -> TestApp.with(TestClients.all()).parameter("refreshGrace", "0"));
    String code = strict.code(SHOP, "");
    JsonObject first =
        assertIssued(strict.token("grant_type=authorization_code&code=" + code, AS_SHOP));
    String form = "grant_type=refresh_token&refresh_token=" + refresh(first);
    JsonObject second = assertIssued(strict.token(form, AS_SHOP));

    strict.assertRefused(strict.token(form, AS_SHOP), 400, GRANT_REFUSED, REFRESH_TOKEN_REUSED);
    assertThat(strict.isAlive(access(second))).isFalse();
  }

  @Test
  @AnyServer("the grace is a setting of ours")
  void after_the_grace_a_retry_is_a_reuse() {
    Endpoint brief = CodeContract.brief(this);
    String code = brief.code(SHOP, "");
    JsonObject first =
        assertIssued(brief.token("grant_type=authorization_code&code=" + code, AS_SHOP));
    String form = "grant_type=refresh_token&refresh_token=" + refresh(first);
    JsonObject second = assertIssued(brief.token(form, AS_SHOP));
    CodeContract.awaitDeath(brief, access(second));

    brief.assertRefused(brief.token(form, AS_SHOP), 400, GRANT_REFUSED, REFRESH_TOKEN_REUSED);
  }

  @Test
  @AnyServer("the lifetime is a setting of ours")
  void a_refresh_token_expires() {
    Endpoint brief = CodeContract.brief(this);
    String code = brief.code(SHOP, "");
    JsonObject tokens =
        assertIssued(brief.token("grant_type=authorization_code&code=" + code, AS_SHOP));
    CodeContract.awaitDeath(brief, access(tokens));
    String form = "grant_type=refresh_token&refresh_token=" + refresh(tokens);

    brief.assertRefused(brief.token(form, AS_SHOP), 400, GRANT_REFUSED, REFRESH_TOKEN_EXPIRED);
    brief.assertRefused(
        brief.token(form, AS_OTHER), 400, GRANT_REFUSED, REFRESH_TOKEN_OF_OTHER_CLIENT);
  }

  @Test
  @DisplayName(
      "the authorization server MUST ... validate that the refresh token was issued to the"
          + " authenticated client")
  void another_clients_refresh_token() {
    JsonObject tokens = shopTokens();
    String form = "grant_type=refresh_token&refresh_token=" + refresh(tokens);

    assertRefused(shop().token(form, AS_OTHER), 400, GRANT_REFUSED, REFRESH_TOKEN_OF_OTHER_CLIENT);
    assertRefused(
        shop().token(form + "&client_id=app"), 400, GRANT_REFUSED, REFRESH_TOKEN_OF_OTHER_CLIENT);
    assertRefused(shop().token(form, AS_CODE_ONLY), 400, GRANT_TYPE_NOT_REGISTERED);
    assertRefused(
        shop().token(form, basic(SHOP, "wrong-secret")), 401, CLIENT_REFUSED, SECRET_MISMATCH);
    assertThat(shop().isAlive(access(tokens))).isTrue();
    assertIssued(refreshShop(refresh(tokens), ""));
  }

  @Test
  void a_spent_one_in_the_hands_of_another_is_no_weapon() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), ""));
    JsonObject third = assertIssued(refreshShop(refresh(second), ""));
    String form = "grant_type=refresh_token&refresh_token=" + refresh(first);

    assertRefused(shop().token(form, AS_OTHER), 400, GRANT_REFUSED, REFRESH_TOKEN_OF_OTHER_CLIENT);
    assertThat(shop().isAlive(access(third))).isTrue();
    assertIssued(refreshShop(refresh(third), ""));
  }

  @Test
  void a_public_client_refreshes() {
    String code = shop().code(TestClients.APP, S256);
    String proof = "&client_id=app&code_verifier=" + VERIFIER;
    JsonObject first =
        assertIssued(shop().token("grant_type=authorization_code&code=" + code + proof));
    String form = "grant_type=refresh_token&refresh_token=" + refresh(first);

    assertRefused(shop().token(form, AS_SHOP), 400, GRANT_REFUSED, REFRESH_TOKEN_OF_OTHER_CLIENT);
    JsonObject second = assertIssued(shop().token(form + "&client_id=app"));
    assertThat(refresh(second)).isNotEqualTo(refresh(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a-refresh-token-of-nobody",
        "+",
        "%C3%A9",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void an_unknown_one(String token) {
    assertRefused(refreshShop(token, ""), 400, GRANT_REFUSED, REFRESH_TOKEN_UNKNOWN);
  }

  @Test
  void one_that_is_not_quite_it() {
    JsonObject tokens = shopTokens();
    String token = refresh(tokens);
    for (String other :
        new String[] {
          token + "x",
          token.substring(1),
          token.substring(0, 64),
          token + "+",
          (token.charAt(0) == 'x' ? "y" : "x") + token.substring(1)
        }) {
      assertRefused(refreshShop(other, ""), 400, GRANT_REFUSED, REFRESH_TOKEN_UNKNOWN);
    }
    assertIssued(refreshShop(token, ""));
  }

  @Test
  void one_of_the_family_that_never_was_is_taken_for_a_reuse() {
    JsonObject tokens = shopTokens();
    String token = refresh(tokens);
    String other = token.substring(0, 64) + (token.endsWith("x") ? "y" : "x");

    assertReused(refreshShop(other, ""));
    assertThat(shop().isAlive(access(tokens))).isFalse();
  }

  @Test
  void other_tokens_and_codes_are_no_refresh_tokens() {
    JsonObject tokens = shopTokens();
    String code = shop().code(SHOP, "");

    assertRefused(refreshShop(access(tokens), ""), 400, GRANT_REFUSED, REFRESH_TOKEN_UNKNOWN);
    assertRefused(refreshShop(code, ""), 400, GRANT_REFUSED, REFRESH_TOKEN_UNKNOWN);
    assertIssued(shop().token("grant_type=authorization_code&code=" + code, AS_SHOP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          email                           |                           | email
          orders.read+email               |                           | orders.read email
          email+email                     |                           | email
          profile+email+orders.read       |                           | profile email orders.read
          orders.read+profile+email       |                           | profile email orders.read
          ''                              | profile email orders.read | profile email orders.read
          """)
  void the_scope_may_be_narrowed(String asked, String told, String held) {
    JsonObject first = shopTokens();
    JsonObject narrow = assertIssued(refreshShop(refresh(first), "&scope=" + asked));

    assertThat(narrow.getString("scope", null)).isEqualTo(told);
    assertThat(shop().find(access(narrow)).split("\\|")[2].split(" "))
        .containsExactlyInAnyOrder(held.split(" "));
    // The refresh token keeps all of it.
    JsonObject whole = assertIssued(refreshShop(refresh(narrow), ""));
    assertThat(whole.getString("scope")).isEqualTo("profile email orders.read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "email+admin", "profile,email"})
  @DisplayName("The requested scope MUST NOT include any scope not originally granted")
  void the_scope_may_not_be_widened(String scope) {
    JsonObject tokens = shopTokens();

    assertRefused(refreshShop(refresh(tokens), "&scope=" + scope), 400, SCOPE_NOT_ALLOWED);
    assertIssued(refreshShop(refresh(tokens), ""));
  }

  @Test
  void what_the_user_did_not_consent_to_is_out_of_reach() {
    String code = shop().code(SHOP, "scope=email");
    JsonObject tokens =
        assertIssued(shop().token("grant_type=authorization_code&code=" + code, AS_SHOP));

    assertRefused(refreshShop(refresh(tokens), "&scope=profile"), 400, SCOPE_NOT_ALLOWED);
    assertThat(assertIssued(refreshShop(refresh(tokens), "")).getString("scope"))
        .isEqualTo("email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%22", "email++profile", "+email", "email+", "%5C"})
  void a_malformed_scope_leaves_the_token_alone(String scope) {
    JsonObject tokens = shopTokens();

    assertRefused(refreshShop(refresh(tokens), "&scope=" + scope), 400, SCOPE_MALFORMED);
    assertIssued(refreshShop(refresh(tokens), ""));
  }

  @Test
  void a_revoked_refresh_token_takes_its_family_along() {
    JsonObject first = shopTokens();
    JsonObject second = assertIssued(refreshShop(refresh(first), ""));
    shop().host("do=revoke-token&token=" + refresh(second));

    assertRefused(refreshShop(refresh(second), ""), 400, GRANT_REFUSED, REFRESH_TOKEN_REVOKED);
    assertRefused(refreshShop(refresh(first), ""), 400, GRANT_REFUSED, REFRESH_TOKEN_REVOKED);
    assertThat(shop().isAlive(access(first))).isFalse();
    assertThat(shop().isAlive(access(second))).isFalse();
  }

  @Test
  void a_revoked_access_token_goes_alone() {
    JsonObject tokens = shopTokens();
    shop().host("do=revoke-token&token=" + access(tokens));

    assertThat(shop().isAlive(access(tokens))).isFalse();
    assertIssued(refreshShop(refresh(tokens), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoke-user&subject=alice", "revoke-client&client=shop"})
  void all_of_a_user_and_all_of_a_client(String how) {
    JsonObject tokens = shopTokens();
    shop().host("do=" + how);

    assertRefused(refreshShop(refresh(tokens), ""), 400, GRANT_REFUSED, REFRESH_TOKEN_REVOKED);
    assertThat(shop().isAlive(access(tokens))).isFalse();
    assertIssued(refreshShop(refresh(shopTokens()), ""));
  }

  private void assertReused(Answer answer) {
    assertRefused(answer, 400, GRANT_REFUSED, REFRESH_TOKEN_REUSED);
  }
}
