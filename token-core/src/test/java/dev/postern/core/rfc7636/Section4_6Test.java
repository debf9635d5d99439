package dev.postern.core.rfc7636;

import static dev.postern.core.StandardReason.CODE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISMATCH;
import static dev.postern.core.StandardReason.VERIFIER_IS_CHALLENGE;
import static dev.postern.core.StandardReason.VERIFIER_MALFORMED;
import static dev.postern.core.StandardReason.VERIFIER_MISMATCH;
import static dev.postern.core.StandardReason.VERIFIER_MISSING;
import static dev.postern.core.StandardReason.VERIFIER_WITHOUT_CHALLENGE;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Codes.CHALLENGE;
import static dev.postern.core.testing.Codes.VERIFIER;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.APP;
import static dev.postern.core.testing.TestClients.APP_URI;
import static dev.postern.core.testing.TestClients.RIVAL;
import static dev.postern.core.testing.TestClients.RIVAL_SECRET;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_SECRET;
import static dev.postern.core.testing.TestClients.SHOP_URI;

import dev.postern.core.TokenResult;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC7636-4.6")
@DisplayName("RFC 7636 s4.6: server verifies code_verifier before returning the tokens")
class Section4_6Test {
  private static final String MALFORMED =
      "TOK1005: a parameter holds characters that it may not hold, or too few or too many:"
          + " code_verifier";

  /** The app may use plain here. */
  private final Endpoint endpoint =
      Endpoint.of(
          TestClients.app().plainChallengeAllowed(true).build(),
          TestClients.shop().build(),
          TestClients.rival().build());

  private TokenResult redeem(String code, String verifier) {
    return endpoint.handle(
        NO_HEADER,
        Forms.code(code, "client_id", APP, "redirect_uri", APP_URI, "code_verifier", verifier));
  }

  private TokenResult redeemWithout(String code) {
    return endpoint.handle(NO_HEADER, Forms.code(code, "client_id", APP, "redirect_uri", APP_URI));
  }

  private String plain(String challenge) {
    return endpoint.code(Codes.ofApp().codeChallenge(challenge, "plain"));
  }

  @Test
  @Rfc("RFC7636-7.2")
  @DisplayName("BASE64URL-ENCODE(SHA256(ASCII(code_verifier))) == code_challenge")
  void s256() {
    assertIssued(redeem(endpoint.code(Codes.ofApp()), VERIFIER));
  }

  @Test
  @DisplayName("code_verifier == code_challenge")
  void plain() {
    assertIssued(redeem(plain(VERIFIER), VERIFIER));
    assertIssued(redeem(plain("a".repeat(128)), "a".repeat(128)));
  }

  @Test
  void confidential_client_with_a_challenge() {
    String code = endpoint.code(Codes.ofShop().codeChallenge(CHALLENGE, "S256"));

    assertGrantRefused(Codes.redeem(endpoint, code), VERIFIER_MISSING);
    assertIssued(
        endpoint.handle(
            basic(SHOP, SHOP_SECRET),
            Forms.code(code, "redirect_uri", SHOP_URI, "code_verifier", VERIFIER)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK",
        "DBJFTJEZ4CVP-MB92K27UHBUJU1P1R_WW1GFWFOEJXK",
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXkk",
        "ddBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "dBjftJeZ4CVP~mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "-------------------------------------------"
      })
  @Rfc({"RFC7636-4.4", "RFC7636-4.6"})
  @DisplayName(
      "If the values are not equal, an error response indicating \"invalid_grant\" MUST be returned")
  void wrong_verifier(String verifier) {
    String s256 = endpoint.code(Codes.ofApp());
    String plain = plain(VERIFIER);

    assertGrantRefused(redeem(s256, verifier), VERIFIER_MISMATCH);
    assertGrantRefused(redeem(plain, verifier), VERIFIER_MISMATCH);
    assertIssued(redeem(s256, VERIFIER));
    assertIssued(redeem(plain, VERIFIER));
  }

  @Test
  void challenge_in_place_of_the_verifier() {
    assertGrantRefused(redeem(endpoint.code(Codes.ofApp()), CHALLENGE), VERIFIER_IS_CHALLENGE);
  }

  @Test
  @Rfc("RFC7636-4.5")
  @DisplayName("a method cannot be exchanged for the other afterwards")
  void downgrade() {
    // S256 was asked for: the challenge itself does not do, though it would under plain.
    assertGrantRefused(redeem(endpoint.code(Codes.ofApp()), CHALLENGE), VERIFIER_IS_CHALLENGE);
    // plain was asked for with a text that is also an S256 challenge: its pre-image does not do.
    assertGrantRefused(redeem(plain(CHALLENGE), VERIFIER), VERIFIER_MISMATCH);
    assertIssued(redeem(plain(CHALLENGE), CHALLENGE));
  }

  @Test
  @Rfc("RFC7636-4.5")
  @DisplayName("challenge sent, verifier omitted or empty")
  void verifier_missing() {
    String code = endpoint.code(Codes.ofApp());

    assertGrantRefused(redeemWithout(code), VERIFIER_MISSING);
    assertGrantRefused(redeem(code, ""), VERIFIER_MISSING);
    assertGrantRefused(redeemWithout(plain(VERIFIER)), VERIFIER_MISSING);
    assertIssued(redeem(code, VERIFIER));
  }

  @Test
  @Rfc({"RFC9700-2.1.1", "RFC9700-4.8.2"})
  @DisplayName(
      "RFC 9700 s2.1.1: a token request containing a code_verifier parameter is accepted only if a"
          + " code_challenge parameter was present in the authorization request")
  void verifier_without_challenge() {
    String code = endpoint.code(Codes.ofShop());

    assertRefused(
        endpoint.handle(
            basic(SHOP, SHOP_SECRET),
            Forms.code(code, "redirect_uri", SHOP_URI, "code_verifier", VERIFIER)),
        VERIFIER_WITHOUT_CHALLENGE,
        "invalid_request",
        "TOK1040: code_verifier was sent, but no code_challenge when the code was asked for");
    assertIssued(Codes.redeem(endpoint, code));
  }

  @Test
  @DisplayName("whose the code is comes first")
  void order() {
    String code = endpoint.code(Codes.ofShop());

    assertGrantRefused(
        endpoint.handle(
            basic(RIVAL, RIVAL_SECRET),
            Forms.code(code, "redirect_uri", SHOP_URI, "code_verifier", VERIFIER)),
        CODE_OF_OTHER_CLIENT);
    assertGrantRefused(
        endpoint.handle(
            basic(SHOP, SHOP_SECRET),
            Forms.code(code, "redirect_uri", SHOP_URI + "/", "code_verifier", VERIFIER)),
        REDIRECT_URI_MISMATCH);
  }

  // s4.1: code-verifier = 43*128unreserved

  @ParameterizedTest
  @ValueSource(ints = {43, 44, 127, 128})
  @Rfc("RFC7636-4.1")
  @DisplayName("s4.1: code-verifier = 43*128unreserved: the lengths")
  void lengths(int length) {
    assertGrantRefused(redeem(endpoint.code(Codes.ofApp()), "a".repeat(length)), VERIFIER_MISMATCH);
    assertIssued(redeem(plain("b".repeat(length)), "b".repeat(length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 42, 129, 4_000})
  @Rfc("RFC7636-4.1")
  @DisplayName("s4.1: code-verifier = 43*128unreserved: too short, too long")
  void too_short_or_too_long(int length) {
    String code = endpoint.code(Codes.ofApp());

    assertGrantRefused(redeem(code, "a".repeat(length)), VERIFIER_MALFORMED);
    assertIssued(redeem(code, VERIFIER));
  }

  @ParameterizedTest
  @ValueSource(
      chars = {
        '+', '/', '=', ' ', '!', '"', '%', '&', ',', '@', '[', '\\', ':', ';', '{', '}', '\u00E4',
        '`', '^'
      })
  @Rfc("RFC7636-4.1")
  @DisplayName("s4.1: unreserved = ALPHA / DIGIT / \"-\" / \".\" / \"_\" / \"~\"; nothing else")
  void characters_that_are_not_unreserved(char c) {
    assertGrantRefused(
        redeem(endpoint.code(Codes.ofApp()), VERIFIER.replace('-', c)), VERIFIER_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(chars = {'\n', '\u0000', '\u007F'})
  @DisplayName("control characters are no part of any parameter")
  void control_characters(char c) {
    assertRefused(
        redeem(endpoint.code(Codes.ofApp()), VERIFIER.replace('-', c)),
        PARAMETER_MALFORMED,
        "invalid_request",
        MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(chars = {'A', 'Z', 'a', 'z', '0', '9', '-', '.', '_', '~'})
  @Rfc("RFC7636-4.1")
  @DisplayName("s4.1: unreserved")
  void unreserved_characters(char c) {
    String verifier = String.valueOf(c).repeat(50);

    assertIssued(redeem(plain(verifier), verifier));
  }

  @Test
  void repeated_verifier() {
    String code = endpoint.code(Codes.ofApp());

    assertRefused(
        endpoint.handle(
            NO_HEADER,
            Forms.code(
                code,
                "client_id",
                APP,
                "redirect_uri",
                APP_URI,
                "code_verifier",
                VERIFIER,
                "code_verifier",
                VERIFIER)),
        PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: code_verifier");
    assertIssued(redeem(code, VERIFIER));
  }
}
