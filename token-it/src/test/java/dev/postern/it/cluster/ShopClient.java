package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Pkce;
import dev.postern.it.RawHttp;
import dev.postern.it.Realm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What the client {@code shop} and its browser ask of a node; each request on its own connection.
 */
final class ShopClient {
  /** The verifier of every code. */
  static final Pkce PKCE = Pkce.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  static final String AS_SHOP = basic(ShopApp.SHOP, ShopApp.SHOP_SECRET);
  static final String AS_BATCH = basic(ShopApp.BATCH, ShopApp.BATCH_SECRET);
  static final String AS_PORTAL = basic(ShopApp.PORTAL, ShopApp.PORTAL_SECRET);

  private ShopClient() {}

  /** Asks for a code for alice: {@code code …} where there is one. */
  static Answer askForCode(RawHttp node) {
    return node.postForm(
        "/host",
        "do=code&client=shop&subject=alice&code_challenge_method=S256&code_challenge="
            + PKCE.challenge());
  }

  /** A code for alice. */
  static String code(RawHttp node) {
    Answer answer = askForCode(node);
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    assertThat(answer.text()).startsWith("code ");
    return codeIn(answer);
  }

  static String codeIn(Answer answer) {
    return answer.text().substring("code ".length());
  }

  static Answer redeem(RawHttp node, String code) {
    return token(node, redeeming(code), AS_SHOP);
  }

  static Answer refresh(RawHttp node, String refreshToken) {
    return token(node, refreshing(refreshToken), AS_SHOP);
  }

  /** The form that redeems a code. */
  static String redeeming(String code) {
    return "grant_type=authorization_code&code=" + code + "&code_verifier=" + PKCE.verifier();
  }

  /** The form that refreshes. */
  static String refreshing(String refreshToken) {
    return "grant_type=refresh_token&refresh_token=" + refreshToken;
  }

  /** The octets of a token request of the shop. */
  static byte[] request(RawHttp node, String form) {
    List<String> headers = List.of("Content-Type: application/x-www-form-urlencoded", AS_SHOP);
    return node.request("POST", "/oauth/token", headers, form.getBytes(StandardCharsets.US_ASCII));
  }

  static Answer token(RawHttp node, String form, String authorization) {
    return node.postForm("/oauth/token", form, authorization);
  }

  /** Tokens by a new code. */
  static Tokens tokens(RawHttp node) {
    return Tokens.in(redeem(node, code(node)));
  }

  /** A page of recent refusals, as alice sees it. */
  static Answer traces(RawHttp node, String path) {
    return node.send("GET", "/oauth/errors/traces/" + path, basic(Realm.USER, Realm.PASSWORD));
  }

  /** Whether an access token is alive. */
  static boolean isAlive(RawHttp node, String accessToken) {
    Answer answer = node.postForm("/host", "do=find&token=" + accessToken);
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    return !answer.text().equals("none");
  }

  static void assertInvalidGrant(Answer answer) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(400);
    assertThat(answer.json().getString("error")).isEqualTo("invalid_grant");
  }

  static String basic(String id, String secret) {
    return "Authorization: Basic "
        + Base64.getEncoder()
            .encodeToString((id + ":" + secret).getBytes(StandardCharsets.US_ASCII));
  }
}
