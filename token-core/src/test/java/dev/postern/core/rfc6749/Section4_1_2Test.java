package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.CODE_EXPIRED;
import static dev.postern.core.StandardReason.CODE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.CODE_REVOKED;
import static dev.postern.core.StandardReason.CODE_SPENT;
import static dev.postern.core.StandardReason.CODE_UNKNOWN;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISMATCH;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REVOKED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_UNKNOWN;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.VERIFIER_MISMATCH;
import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.APP;
import static dev.postern.core.testing.TestClients.APP_URI;
import static dev.postern.core.testing.TestClients.KIOSK;
import static dev.postern.core.testing.TestClients.KIOSK_SECRET;
import static dev.postern.core.testing.TestClients.RIVAL;
import static dev.postern.core.testing.TestClients.RIVAL_SECRET;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_SECRET;
import static dev.postern.core.testing.TestClients.SHOP_URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AccessToken;
import dev.postern.core.AuthorizationHeader;
import dev.postern.core.CodeRequest;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.TokenResult;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc({"RFC6749-4.1.2", "RFC6749-10.5"})
@DisplayName("RFC 6749 s4.1.2: a code is short-lived, single-use and bound to its client")
class Section4_1_2Test {
  private static final AuthorizationHeader RIVAL_HEADER = basic(RIVAL, RIVAL_SECRET);

  private final Endpoint endpoint = Endpoint.standard();

  private String code() {
    return endpoint.code(Codes.ofShop());
  }

  private TokenResult redeem(String code) {
    return Codes.redeem(endpoint, code);
  }

  private boolean isAlive(TokenResult issued) {
    return endpoint.server().find(accessToken(issued)).isPresent();
  }

  @Test
  @Rfc("RFC6749-4.1.4")
  void exchange() {
    TokenResult.Issued answer = assertIssued(redeem(code()));

    assertThat(answer.subject()).isEqualTo("alice");
    assertThat(answer.client().id()).isEqualTo(SHOP);
    assertThat(answer.tokens().scope()).isEqualTo(Scope.of("profile orders.read orders.write"));
    assertThat(answer.tokens().type()).isEqualTo("Bearer");
    assertThat(answer.tokens().expiresIn()).isEqualTo(Duration.ofMinutes(10));
    assertThat(answer.isScopeTold()).isTrue();
    assertThat(answer.isRepeated()).isFalse();
    assertThat(refreshToken(answer)).matches("[A-Za-z0-9_-]{65}");
    assertThat(endpoint.server().find(accessToken(answer)).orElseThrow().subject())
        .isEqualTo("alice");
  }

  @Test
  @DisplayName("s1.5: a refresh token goes to who is registered for it")
  void no_refresh_token_for_who_may_not_refresh() {
    String code = endpoint.code(CodeRequest.of(KIOSK, "alice"));
    TokenResult.Issued answer =
        assertIssued(endpoint.handle(basic(KIOSK, KIOSK_SECRET), Forms.code(code)));

    assertThat(answer.tokens().refreshToken()).isEmpty();
  }

  @Test
  @DisplayName("a token that speaks for itself is not kept; the code is spent all the same")
  void self_contained_access_token() {
    Endpoint at =
        Endpoint.builder()
            .issuer((grant, lifetime) -> new AccessToken(Secret.of("jwt"), "Bearer", false))
            .build();
    String code = at.code(Codes.ofShop());
    TokenResult issued = Codes.redeem(at, code);
    assertThat(accessToken(issued)).isEqualTo("jwt");
    assertIssued(Codes.refresh(at, refreshToken(issued)));
    assertGrantRefused(Codes.redeem(at, code), CODE_SPENT);

    String ofKiosk = at.code(CodeRequest.of(KIOSK, "alice"));
    assertIssued(at.handle(basic(KIOSK, KIOSK_SECRET), Forms.code(ofKiosk)));
    assertGrantRefused(at.handle(basic(KIOSK, KIOSK_SECRET), Forms.code(ofKiosk)), CODE_SPENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0123456789012345678901234567890123456789012", "\u00FC", "a b"})
  void unknown_code(String code) {
    assertGrantRefused(redeem(code), CODE_UNKNOWN);
  }

  @Test
  void code_of_another_case_or_length() {
    String code = code();

    assertGrantRefused(redeem(code + "A"), CODE_UNKNOWN);
    assertGrantRefused(redeem(code.substring(1)), CODE_UNKNOWN);
    assertGrantRefused(redeem(" " + code), CODE_UNKNOWN);
    assertGrantRefused(
        redeem(
            Character.isLetter(code.charAt(0)) || Character.isLetter(code.charAt(1))
                ? swapCase(code)
                : code + "x"),
        CODE_UNKNOWN);
    assertIssued(redeem(code));
  }

  private static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder();
    for (char c : text.toCharArray()) {
      swapped.append(
          Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    return swapped.toString();
  }

  @Test
  @DisplayName("The authorization code MUST expire shortly after it is issued")
  void expiry() {
    String early = code();
    String late = code();

    endpoint.clock().advance(Duration.ofMinutes(1).minusMillis(1));
    assertIssued(redeem(early));
    endpoint.clock().advance(Duration.ofMillis(1));
    assertGrantRefused(redeem(late), CODE_EXPIRED);
    endpoint.clock().advance(Duration.ofSeconds(7));
    assertThat(assertGrantRefused(redeem(late), CODE_EXPIRED).refusal().detail())
        .isEqualTo("7 s ago");
  }

  @Test
  void expired_code_in_other_hands() {
    String code = code();
    endpoint.clock().advance(Duration.ofSeconds(61));

    assertGrantRefused(
        endpoint.handle(RIVAL_HEADER, Forms.code(code, "redirect_uri", SHOP_URI)),
        CODE_OF_OTHER_CLIENT);
    assertClientRefused(
        endpoint.handle(basic(RIVAL, "guess"), Forms.code(code, "redirect_uri", SHOP_URI)),
        SECRET_MISMATCH);
    assertGrantRefused(
        endpoint.handle(basic(SHOP, SHOP_SECRET), Forms.code(code, "redirect_uri", "https://x")),
        REDIRECT_URI_MISMATCH);
    assertGrantRefused(redeem(code), CODE_EXPIRED);
  }

  @Test
  void expired_code_is_forgotten_in_time() {
    String code = code();
    endpoint.clock().advance(Duration.ofMinutes(12));
    code();

    assertGrantRefused(redeem(code), CODE_UNKNOWN);
  }

  @Test
  @DisplayName(
      "The client MUST NOT use the authorization code more than once. If an authorization code is"
          + " used more than once, the authorization server MUST deny the request and SHOULD revoke"
          + " (when possible) all tokens previously issued based on that authorization code.")
  void replay_by_the_owner() {
    String code = code();
    TokenResult first = redeem(code);
    TokenResult refreshed = Codes.refresh(endpoint, refreshToken(first));
    endpoint.clock().advance(Duration.ofSeconds(30));

    assertThat(assertGrantRefused(redeem(code), CODE_SPENT).refusal().detail())
        .isEqualTo("30 s ago");
    assertThat(isAlive(first)).isFalse();
    assertThat(isAlive(refreshed)).isFalse();
    assertGrantRefused(Codes.refresh(endpoint, refreshToken(refreshed)), REFRESH_TOKEN_REVOKED);
    assertGrantRefused(redeem(code), CODE_SPENT);
  }

  @Test
  void replay_after_the_code_would_have_expired() {
    String code = code();
    TokenResult first = redeem(code);
    endpoint.clock().advance(Duration.ofMinutes(5));

    assertGrantRefused(redeem(code), CODE_SPENT);
    assertThat(isAlive(first)).isFalse();
  }

  @Test
  void replay_long_after_while_the_refresh_token_lives() {
    String code = code();
    TokenResult latest = redeem(code);
    for (int day = 0; day < 60; day += 20) {
      endpoint.clock().advance(Duration.ofDays(20));
      latest = Codes.refresh(endpoint, refreshToken(latest));
    }

    assertGrantRefused(redeem(code), CODE_SPENT);
    assertGrantRefused(Codes.refresh(endpoint, refreshToken(latest)), REFRESH_TOKEN_REVOKED);
    assertThat(isAlive(latest)).isFalse();
  }

  @Test
  void replay_where_there_is_no_refresh_token() {
    String code = endpoint.code(CodeRequest.of(KIOSK, "alice"));
    TokenResult first = endpoint.handle(basic(KIOSK, KIOSK_SECRET), Forms.code(code));

    assertGrantRefused(endpoint.handle(basic(KIOSK, KIOSK_SECRET), Forms.code(code)), CODE_SPENT);
    assertThat(isAlive(first)).isFalse();
  }

  @Test
  void replay_leaves_other_codes_of_the_user_alone() {
    TokenResult other = redeem(code());
    String code = code();
    redeem(code);
    redeem(code);

    assertThat(isAlive(other)).isTrue();
    assertIssued(Codes.refresh(endpoint, refreshToken(other)));
  }

  @Test
  @DisplayName("a stranger's replay changes nothing, of a used code and of an unused one")
  void replay_by_others() {
    String unused = code();
    String used = code();
    TokenResult first = redeem(used);

    for (String code : new String[] {unused, used}) {
      assertGrantRefused(
          endpoint.handle(RIVAL_HEADER, Forms.code(code, "redirect_uri", SHOP_URI)),
          CODE_OF_OTHER_CLIENT);
      assertGrantRefused(
          endpoint.handle(NO_HEADER, Forms.code(code, "redirect_uri", SHOP_URI, "client_id", APP)),
          CODE_OF_OTHER_CLIENT);
      assertClientRefused(
          endpoint.handle(basic(SHOP, "guess"), Forms.code(code, "redirect_uri", SHOP_URI)),
          SECRET_MISMATCH);
    }
    assertThat(isAlive(first)).isTrue();
    assertIssued(Codes.refresh(endpoint, refreshToken(first)));
    assertIssued(redeem(unused));
  }

  @Test
  void replay_without_the_right_redirect_uri_or_verifier_changes_nothing() {
    String code = endpoint.code(Codes.ofApp());
    TokenResult first = redeemApp(code, APP_URI, Codes.VERIFIER);

    assertGrantRefused(redeemApp(code, APP_URI + "/", Codes.VERIFIER), REDIRECT_URI_MISMATCH);
    assertGrantRefused(
        redeemApp(code, APP_URI, Codes.VERIFIER.replace('d', 'e')), VERIFIER_MISMATCH);
    assertThat(isAlive(first)).isTrue();
    assertGrantRefused(redeemApp(code, APP_URI, Codes.VERIFIER), CODE_SPENT);
    assertThat(isAlive(first)).isFalse();
  }

  private TokenResult redeemApp(String code, String uri, String verifier) {
    return endpoint.handle(
        NO_HEADER,
        Forms.code(code, "client_id", APP, "redirect_uri", uri, "code_verifier", verifier));
  }

  @Test
  void revoked_before_use() {
    String code = code();
    endpoint.server().revokeToken(code);

    assertGrantRefused(redeem(code), CODE_REVOKED);
    assertGrantRefused(
        endpoint.handle(RIVAL_HEADER, Forms.code(code, "redirect_uri", SHOP_URI)),
        CODE_OF_OTHER_CLIENT);
  }

  @Test
  @DisplayName("one kind of token never passes for another")
  void type_confusion() {
    String unused = code();
    TokenResult issued = redeem(code());

    assertGrantRefused(redeem(accessToken(issued)), CODE_UNKNOWN);
    assertGrantRefused(redeem(refreshToken(issued)), CODE_UNKNOWN);
    assertGrantRefused(Codes.refresh(endpoint, unused), REFRESH_TOKEN_UNKNOWN);
    assertGrantRefused(Codes.refresh(endpoint, accessToken(issued)), REFRESH_TOKEN_UNKNOWN);
    assertThat(endpoint.server().find(unused)).isEmpty();
    assertThat(endpoint.server().find(refreshToken(issued))).isEmpty();
    assertThat(isAlive(issued)).isTrue();
    assertIssued(redeem(unused));
  }
}
