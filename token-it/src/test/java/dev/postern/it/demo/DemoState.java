package dev.postern.it.demo;

import dev.postern.it.Answer;
import dev.postern.it.Browser;
import dev.postern.it.Container;
import dev.postern.it.Pkce;
import dev.postern.it.RawHttp;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is made at start, over HTTP as anybody would, so that a visitor can go on from there.
 *
 * @param pkce verifier and challenge of both codes
 * @param code alice's code for spa, to be redeemed
 * @param spentCode one that spa has redeemed already
 * @param refreshToken one that shop has got for alice
 */
record DemoState(Pkce pkce, String code, String spentCode, String refreshToken) {
  static DemoState make(Container server) {
    RawHttp http = RawHttp.to(server);
    Browser alice = Browser.at(server);
    Pkce pkce = Pkce.random();
    Map<String, String> spa =
        ordered(
            "client_id", "spa",
            "redirect_uri", DemoClients.SPA_REDIRECT_URI,
            "scope", "orders.read",
            "code_challenge", pkce.challenge(),
            "code_challenge_method", "S256");
    String spent = alice.code(spa);
    redeem(
        http,
        ordered(
            "grant_type",
            "authorization_code",
            "code",
            spent,
            "redirect_uri",
            DemoClients.SPA_REDIRECT_URI,
            "client_id",
            "spa",
            "code_verifier",
            pkce.verifier()));
    String code =
        alice.code(ordered("client_id", "shop", "redirect_uri", DemoClients.SHOP_REDIRECT_URI));
    Answer tokens =
        redeem(
            http,
            ordered(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                DemoClients.SHOP_REDIRECT_URI,
                "client_id",
                "shop",
                "client_secret",
                DemoClients.SHOP_SECRET));
    return new DemoState(pkce, alice.code(spa), spent, tokens.json().getString("refresh_token"));
  }

  private static Answer redeem(RawHttp http, Map<String, String> form) {
    Answer answer = http.postForm("/oauth/token", Browser.form(form));
    if (answer.status() != 200) {
      throw new IllegalStateException("The demo did not get its tokens: " + answer);
    }
    return answer;
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
