package dev.postern.it.contract;

import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.VERIFIER_IS_CHALLENGE;
import static dev.postern.core.StandardReason.VERIFIER_MALFORMED;
import static dev.postern.core.StandardReason.VERIFIER_MISMATCH;
import static dev.postern.core.StandardReason.VERIFIER_MISSING;
import static dev.postern.core.StandardReason.VERIFIER_WITHOUT_CHALLENGE;
import static dev.postern.it.contract.TestClients.APP;
import static dev.postern.it.contract.TestClients.OLD_APP;
import static dev.postern.it.contract.TestClients.SHOP;

import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Proof Key for Code Exchange")
@Rfc({"RFC7636-4.1", "RFC7636-4.5", "RFC7636-4.6"})
abstract class PkceContract extends Contract {
  PkceContract(Running running) {
    super(running);
  }

  private Answer redeem(String code, String more) {
    return shop().token("grant_type=authorization_code&code=" + code + more, AS_SHOP);
  }

  private Answer redeemBy(String client, String code, String more) {
    return shop()
        .token("grant_type=authorization_code&code=" + code + "&client_id=" + client + more);
  }

  @Test
  @DisplayName("BASE64URL-ENCODE(SHA256(ASCII(code_verifier))) == code_challenge")
  void the_verifier_of_the_appendix() {
    assertIssued(redeem(shop().code(SHOP, S256), "&code_verifier=" + VERIFIER));
    assertIssued(redeemBy(APP, shop().code(APP, S256), "&code_verifier=" + VERIFIER));
  }

  @ParameterizedTest
  @ValueSource(ints = {43, 44, 64, 127, 128})
  @DisplayName("with a minimum length of 43 characters and a maximum length of 128 characters")
  void the_longest_and_the_shortest(int length) {
    String verifier = "aZ09-._~".repeat(16).substring(0, length);
    String code = shop().code(SHOP, challenge(verifier));

    assertIssued(redeem(code, "&code_verifier=" + verifier));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 42, 129, 3_999})
  void too_short_or_too_long(int length) {
    String code = shop().code(SHOP, S256);

    Answer answer = redeem(code, "&code_verifier=" + "x".repeat(length));

    assertRefused(answer, 400, GRANT_REFUSED, VERIFIER_MALFORMED);
    assertIssued(redeem(code, "&code_verifier=" + VERIFIER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+",
        "%2B",
        "%2F",
        "%3D",
        "%20",
        "%21",
        "%24",
        "%25",
        "%26",
        "%2A",
        "%3A",
        "%40",
        "%5B",
        "%60",
        "%7B",
        "%7F",
        "%0A",
        "%C3%A9",
        "%EF%BC%A1",
        "%D9%A0"
      })
  @DisplayName("unreserved = ALPHA / DIGIT / \"-\" / \".\" / \"_\" / \"~\"")
  void another_character(String character) {
    String code = shop().code(SHOP, S256);
    Answer answer = redeem(code, "&code_verifier=" + VERIFIER + character);

    if (character.equals("%7F") || character.equals("%0A")) {
      assertRefused(answer, 400, PARAMETER_MALFORMED);
    } else {
      assertRefused(answer, 400, GRANT_REFUSED, VERIFIER_MALFORMED);
    }
    assertIssued(redeem(code, "&code_verifier=" + VERIFIER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&code_verifier=", "&code_verifier", "&code_challenge=x"})
  @DisplayName("a challenge was sent, so a verifier has to be")
  void without_a_verifier(String more) {
    String code = shop().code(SHOP, S256);
    assertRefused(redeem(code, more), 400, GRANT_REFUSED, VERIFIER_MISSING);
    String publicCode = shop().code(APP, S256);
    assertRefused(redeemBy(APP, publicCode, more), 400, GRANT_REFUSED, VERIFIER_MISSING);

    assertIssued(redeem(code, "&code_verifier=" + VERIFIER));
    assertIssued(redeemBy(APP, publicCode, "&code_verifier=" + VERIFIER));
  }

  @Test
  @DisplayName("If the values are not equal, an error response indicating \"invalid_grant\"")
  void another_verifier() {
    String code = shop().code(SHOP, S256);
    for (String verifier :
        new String[] {
          "x".repeat(43),
          VERIFIER.toUpperCase(Locale.ROOT),
          VERIFIER.toLowerCase(Locale.ROOT),
          VERIFIER + "x",
          "x" + VERIFIER,
          VERIFIER.substring(1) + "x",
          VERIFIER.replace('-', '_'),
          VERIFIER + VERIFIER
        }) {
      assertRefused(
          redeem(code, "&code_verifier=" + verifier), 400, GRANT_REFUSED, VERIFIER_MISMATCH);
    }
    assertIssued(redeem(code, "&code_verifier=" + VERIFIER));
  }

  @Test
  void the_verifier_of_another_code() {
    String mine = "m".repeat(50);
    String code = shop().code(SHOP, challenge(mine));

    assertRefused(
        redeem(code, "&code_verifier=" + VERIFIER), 400, GRANT_REFUSED, VERIFIER_MISMATCH);
    assertIssued(redeem(code, "&code_verifier=" + mine));
  }

  @Test
  void the_challenge_itself_is_no_verifier() {
    String code = shop().code(SHOP, S256);

    assertRefused(
        redeem(code, "&code_verifier=" + CHALLENGE), 400, GRANT_REFUSED, VERIFIER_IS_CHALLENGE);
    assertIssued(redeem(code, "&code_verifier=" + VERIFIER));
  }

  @Test
  void two_verifiers() {
    String two = "&code_verifier=" + VERIFIER + "&code_verifier=" + "x".repeat(43);

    assertRefused(redeem(shop().code(SHOP, S256), two), 400, PARAMETER_REPEATED);
  }

  @Test
  @Rfc("RFC9700-2.1.1")
  @DisplayName(
      "a token request containing a code_verifier parameter is accepted only if a code_challenge"
          + " parameter was present in the authorization request")
  void a_verifier_without_a_challenge() {
    String code = shop().code(SHOP, "");

    assertRefused(redeem(code, "&code_verifier=" + VERIFIER), 400, VERIFIER_WITHOUT_CHALLENGE);
    assertIssued(redeem(code, ""));
  }

  @Test
  void an_empty_verifier_without_a_challenge_is_none() {
    assertIssued(redeem(shop().code(SHOP, ""), "&code_verifier="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"&code_challenge_method=plain", "&code_challenge_method=", ""})
  @DisplayName("code_verifier == code_challenge, only where the registration allows plain")
  void plain(String method) {
    String code = shop().code(OLD_APP, "code_challenge=" + VERIFIER + method);

    assertRefused(
        redeemBy(OLD_APP, code, "&code_verifier=" + "x".repeat(43)),
        400,
        GRANT_REFUSED,
        VERIFIER_MISMATCH);
    assertRefused(redeemBy(OLD_APP, code, ""), 400, GRANT_REFUSED, VERIFIER_MISSING);
    assertIssued(redeemBy(OLD_APP, code, "&code_verifier=" + VERIFIER));
  }

  @Test
  void the_hash_of_a_plain_challenge_is_no_verifier() {
    String code =
        shop().code(OLD_APP, "code_challenge=" + VERIFIER + "&code_challenge_method=plain");
    Answer answer = redeemBy(OLD_APP, code, "&code_verifier=" + CHALLENGE);

    assertRefused(answer, 400, GRANT_REFUSED, VERIFIER_IS_CHALLENGE);
  }

  @Test
  void who_may_use_plain_may_use_s256() {
    String code = shop().code(OLD_APP, S256);

    assertRefused(
        redeemBy(OLD_APP, code, "&code_verifier=" + CHALLENGE),
        400,
        GRANT_REFUSED,
        VERIFIER_IS_CHALLENGE);
    assertIssued(redeemBy(OLD_APP, code, "&code_verifier=" + VERIFIER));
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return "code_challenge_method=S256&code_challenge="
          + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
