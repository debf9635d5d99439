package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.CODE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.PARAMETER_MISSING;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISMATCH;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISSING;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.scope;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.KIOSK;
import static dev.postern.core.testing.TestClients.KIOSK_SECRET;
import static dev.postern.core.testing.TestClients.KIOSK_URI;
import static dev.postern.core.testing.TestClients.RIVAL;
import static dev.postern.core.testing.TestClients.RIVAL_SECRET;
import static dev.postern.core.testing.TestClients.RIVAL_URI;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_SECRET;
import static dev.postern.core.testing.TestClients.SHOP_URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.CodeRequest;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc({"RFC6749-4.1.3", "RFC6749-10.6"})
@DisplayName("RFC 6749 s4.1.3: access token request")
class Section4_1_3Test {
  private final Endpoint endpoint = Endpoint.standard();
  private final AuthorizationHeader shop = basic(SHOP, SHOP_SECRET);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example/other",
        "https://shop.example/callback/",
        "https://shop.example/callback?",
        "https://shop.example/callback#",
        "https://shop.example/callback?x=y",
        "https://shop.example/Callback",
        "https://SHOP.example/callback",
        "HTTPS://shop.example/callback",
        "http://shop.example/callback",
        "https://shop.example:443/callback",
        "https://shop.example//callback",
        "https://shop.example/./callback",
        "https://shop.example/x/../callback",
        "https://shop.example/call%62ack",
        "https%3A%2F%2Fshop.example%2Fcallback",
        "https://shop.example./callback",
        "https://user@shop.example/callback",
        "https://shop.example/callback ",
        " https://shop.example/callback",
        "https://shop.example",
        "/callback",
        "https://rival.example/callback"
      })
  @DisplayName(
      "redirect_uri: REQUIRED, if the \"redirect_uri\" parameter was included in the authorization"
          + " request, and their values MUST be identical.")
  void other_redirect_uri(String uri) {
    String code = endpoint.code(Codes.ofShop());

    assertGrantRefused(
        endpoint.handle(shop, Forms.code(code, "redirect_uri", uri)), REDIRECT_URI_MISMATCH);
    assertIssued(Codes.redeem(endpoint, code));
  }

  @Test
  void missing_redirect_uri() {
    String code = endpoint.code(Codes.ofShop());

    assertGrantRefused(endpoint.handle(shop, Forms.code(code)), REDIRECT_URI_MISSING);
    assertGrantRefused(
        endpoint.handle(shop, Forms.code(code, "redirect_uri", "")), REDIRECT_URI_MISSING);
    assertIssued(Codes.redeem(endpoint, code));
  }

  @Test
  void repeated_redirect_uri() {
    String code = endpoint.code(Codes.ofShop());

    assertRefused(
        endpoint.handle(shop, Forms.code(code, "redirect_uri", SHOP_URI, "redirect_uri", SHOP_URI)),
        PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: redirect_uri");
    assertIssued(Codes.redeem(endpoint, code));
  }

  @Test
  void redirect_uri_that_was_not_named_before() {
    AuthorizationHeader kiosk = basic(KIOSK, KIOSK_SECRET);
    String first = endpoint.code(CodeRequest.of(KIOSK, "alice"));
    String second = endpoint.code(CodeRequest.of(KIOSK, "alice"));
    String third = endpoint.code(CodeRequest.of(KIOSK, "alice"));

    assertIssued(endpoint.handle(kiosk, Forms.code(first)));
    assertIssued(endpoint.handle(kiosk, Forms.code(second, "redirect_uri", KIOSK_URI)));
    assertGrantRefused(
        endpoint.handle(kiosk, Forms.code(third, "redirect_uri", SHOP_URI)), REDIRECT_URI_MISMATCH);
  }

  @Test
  @DisplayName(
      "ensure that the authorization code was issued to the authenticated confidential client, or if"
          + " the client is public, ensure that the code was issued to \"client_id\" in the request")
  void code_of_another_client() {
    String ofShop = endpoint.code(Codes.ofShop());
    String ofApp = endpoint.code(Codes.ofApp());
    AuthorizationHeader rival = basic(RIVAL, RIVAL_SECRET);

    assertGrantRefused(
        endpoint.handle(rival, Forms.code(ofShop, "redirect_uri", SHOP_URI)), CODE_OF_OTHER_CLIENT);
    assertGrantRefused(
        endpoint.handle(rival, Forms.code(ofShop, "redirect_uri", RIVAL_URI)),
        CODE_OF_OTHER_CLIENT);
    assertGrantRefused(endpoint.handle(rival, Forms.code(ofShop)), CODE_OF_OTHER_CLIENT);
    assertGrantRefused(
        endpoint.handle(
            rival,
            Forms.code(
                ofApp, "redirect_uri", TestClients.APP_URI, "code_verifier", Codes.VERIFIER)),
        CODE_OF_OTHER_CLIENT);
    assertGrantRefused(
        endpoint.handle(
            Forms.NO_HEADER, Forms.code(ofShop, "redirect_uri", SHOP_URI, "client_id", "app")),
        CODE_OF_OTHER_CLIENT);
  }

  @Test
  @DisplayName("code: REQUIRED.")
  void code_missing() {
    assertRefused(
        endpoint.handle(shop, Forms.grant("authorization_code", "redirect_uri", SHOP_URI)),
        PARAMETER_MISSING,
        "invalid_request",
        "TOK1002: a required parameter is missing: code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile orders.read orders.write admin", "admin", "\"", "orders.write"})
  @DisplayName("a scope beside a code widens nothing")
  void scope_beside_a_code(String scope) {
    String code = endpoint.code(Codes.ofShop().scope("profile"));
    var answer = endpoint.handle(shop, Forms.code(code, "redirect_uri", SHOP_URI, "scope", scope));

    assertThat(scope(answer)).isEqualTo("profile");
    assertThat(assertIssued(answer).isScopeTold()).isTrue();
  }
}
