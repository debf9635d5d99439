package dev.postern.it.contract;

import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Quirk;
import dev.postern.it.app.DispatchServlet;
import jakarta.json.JsonObject;
import java.util.function.Supplier;

/** What all parts of the contract use: the application that most of them ask, and its clients. */
abstract class Contract {
  /** A challenge and its verifier, those of RFC 7636 appendix B. */
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  static final String S256 = "code_challenge=" + CHALLENGE + "&code_challenge_method=S256";

  static final String CLIENT_CREDENTIALS = "grant_type=client_credentials";

  static final String INTROSPECT = "/shop/oauth/introspect";
  static final String REVOKE = "/shop/oauth/revoke";

  static final String AS_BATCH = basic(TestClients.BATCH, TestClients.BATCH_SECRET);
  static final String AS_SHOP = basic(TestClients.SHOP, TestClients.SHOP_SECRET);
  static final String AS_OTHER = basic(TestClients.OTHER, TestClients.OTHER_SECRET);
  static final String AS_CODE_ONLY = basic(TestClients.CODE_ONLY, TestClients.CODE_ONLY_SECRET);
  static final String AS_PORTAL = basic(TestClients.PORTAL, TestClients.PORTAL_SECRET);

  static final String AS_API = basic(TestClients.API, TestClients.API_SECRET);

  private final Running running;

  Contract(Running running) {
    this.running = running;
  }

  Running running() {
    return running;
  }

  /** Whether the container decides this itself. */
  final boolean has(Quirk quirk) {
    return running.launcher().quirks().contains(quirk);
  }

  /** The application that most tests ask. */
  final Endpoint shop() {
    return endpoint(
        "shop",
        () ->
            TestApp.with(TestClients.all())
                .parameter("passwordGrant", "true")
                .dispatchers("REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC")
                .servlet(DispatchServlet.class, "/dispatch")
                .xml(
                    "<error-page><error-code>409</error-code>"
                        + "<location>/oauth/token</location></error-page>"));
  }

  /** An application of a part's own, started once. */
  final Endpoint endpoint(String name, Supplier<TestApp> app) {
    return running.endpoint(name, app);
  }

  final Answer introspect(String token, String... headers) {
    return shop().post(INTROSPECT, "token=" + Endpoint.encode(token), headers);
  }

  final Answer revoke(String token, String... headers) {
    return shop().post(REVOKE, "token=" + Endpoint.encode(token), headers);
  }

  final Answer batch(String form) {
    return shop().token(form, AS_BATCH);
  }

  final void assertRefused(Answer answer, int status, StandardReason reason) {
    shop().assertRefused(answer, status, reason);
  }

  final void assertRefused(Answer answer, int status, StandardReason told, StandardReason cause) {
    shop().assertRefused(answer, status, told, cause);
  }

  /** That tokens were issued, as RFC 6749 s5.1 has it; the body. */
  static JsonObject assertIssued(Answer answer) {
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    return assertTokens(answer);
  }

  /** The same where a cookie may come with them. */
  static JsonObject assertTokens(Answer answer) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    assertThat(answer.headers("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers("Pragma")).containsExactly("no-cache");
    assertThat(answer.headers("WWW-Authenticate")).isEmpty();
    JsonObject body = answer.json();
    // 256 bits each, and 128 for the family of a refresh token
    assertThat(body.getString("access_token")).matches("[A-Za-z0-9_-]{43}");
    assertThat(body.getString("token_type")).isEqualTo("Bearer");
    assertThat(body.getInt("expires_in")).isBetween(1, 600);
    if (body.containsKey("refresh_token")) {
      assertThat(body.getString("refresh_token")).matches("[A-Za-z0-9_-]{65}");
    }
    return body;
  }

  static String access(JsonObject tokens) {
    return tokens.getString("access_token");
  }

  static String refresh(JsonObject tokens) {
    return tokens.getString("refresh_token");
  }

  /** Tokens for alice and the client {@code shop}, by a code. */
  final JsonObject shopTokens() {
    String code = shop().code(TestClients.SHOP, S256);
    return assertIssued(
        shop()
            .token(
                "grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER,
                AS_SHOP));
  }

  final Answer refreshShop(String refreshToken, String more) {
    return shop().token("grant_type=refresh_token&refresh_token=" + refreshToken + more, AS_SHOP);
  }
}
