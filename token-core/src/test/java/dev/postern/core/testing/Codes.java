package dev.postern.core.testing;

import dev.postern.core.CodeRequest;
import dev.postern.core.TokenResult;

/** Codes and what they are exchanged for, as the web application of {@link TestClients} does it. */
public final class Codes {
  /** RFC 7636 appendix B. */
  public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private Codes() {}

  /** What the shop asks for when Alice logs in: everything it may, sent to its first URI. */
  public static CodeRequest ofShop() {
    return CodeRequest.of(TestClients.SHOP, "alice").redirectUri(TestClients.SHOP_URI);
  }

  /** The same of the app, with a challenge. */
  public static CodeRequest ofApp() {
    return CodeRequest.of(TestClients.APP, "alice")
        .redirectUri(TestClients.APP_URI)
        .codeChallenge(CHALLENGE, "S256");
  }

  /** The shop redeems a code that was issued for {@link #ofShop}. */
  public static TokenResult redeem(Endpoint at, String code) {
    return at.handle(
        Forms.basic(TestClients.SHOP, TestClients.SHOP_SECRET),
        Forms.code(code, "redirect_uri", TestClients.SHOP_URI));
  }

  /** The shop refreshes. */
  public static TokenResult refresh(Endpoint at, String token, String... more) {
    return at.handle(
        Forms.basic(TestClients.SHOP, TestClients.SHOP_SECRET), Forms.refresh(token, more));
  }
}
