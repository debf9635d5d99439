package dev.postern.it.contract;

import static dev.postern.it.contract.Contract.AS_SHOP;
import static dev.postern.it.contract.Contract.S256;
import static dev.postern.it.contract.Contract.VERIFIER;
import static dev.postern.it.contract.Contract.assertIssued;
import static dev.postern.it.contract.Contract.refresh;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Endpoint.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Containers;
import dev.postern.it.Realm;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A dry run tells what would come of a request, and nothing comes of it")
class DryRunIT {
  private static final String PAGE = "/shop/oauth/errors/dry-run";
  private static final String ALICE = basic(Realm.USER, Realm.PASSWORD);
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f]{64})\"");
  private static final String LINE = "curl https://shop.example/oauth/token -u ";

  private static Endpoint start(Running running) {
    return running.alone(
        TestApp.with(TestClients.all())
            .parameter("failureLimit", "3")
            .parameter("passwordGrant", "true")
            .parameter("adminRole", Realm.ROLE));
  }

  private static String form(Endpoint endpoint) {
    Answer page = endpoint.http().send("GET", PAGE, ALICE);
    assertThat(page.status()).isEqualTo(200);
    Matcher form = FORM.matcher(page.text());
    assertThat(form.find()).isTrue();
    return form.group(1);
  }

  private static String tried(Endpoint endpoint, String pasted) {
    String form = "form=" + form(endpoint) + "&request=" + encode(pasted);
    Answer answer = endpoint.http().postForm(PAGE, form, ALICE);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers("Cache-Control")).contains("no-store");
    return answer.text();
  }

  @ParameterizedTest
  @EnumSource
  void a_code_is_known_and_stays_usable(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = start(running)) {
      String code = endpoint.code(TestClients.SHOP, S256);
      Answer deleted = endpoint.http().send("DELETE", PAGE, ALICE);
      assertThat(deleted.status()).isEqualTo(405);
      assertThat(deleted.header("Allow")).hasValue("GET, HEAD, POST");
      String rest = "grant_type=authorization_code&code=" + code + "&code_verifier=";
      String line = LINE + "shop:whatever-1 -d '" + rest;

      assertThat(tried(endpoint, line + VERIFIER + "'"))
          .contains("Tokens would be issued")
          .doesNotContain(code, "whatever-1");
      assertThat(tried(endpoint, line + Contract.CHALLENGE + "'")).contains("TOK3109");
      assertThat(tried(endpoint, line.replace("shop:", "other:") + VERIFIER + "'"))
          .contains("TOK3104");
      assertIssued(endpoint.token(rest + VERIFIER, AS_SHOP));
      assertThat(tried(endpoint, line + VERIFIER + "'")).contains("TOK3103");
      assertThat(running.ledger().seenIn(running.log().everything())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_replay_is_told_and_revokes_nothing(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = start(running)) {
      String code = endpoint.code(TestClients.SHOP, S256);
      JsonObject first =
          assertIssued(
              endpoint.token(
                  "grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER,
                  AS_SHOP));
      JsonObject second = assertIssued(exchanged(endpoint, refresh(first)));
      JsonObject third = assertIssued(exchanged(endpoint, refresh(second)));

      assertThat(
              tried(
                  endpoint,
                  LINE + "shop:x -d grant_type=refresh_token -d refresh_token=" + refresh(first)))
          .contains("TOK3203");
      assertIssued(exchanged(endpoint, refresh(third)));
    }
  }

  private static Answer exchanged(Endpoint endpoint, String token) {
    return endpoint.token("grant_type=refresh_token&refresh_token=" + token, AS_SHOP);
  }

  @ParameterizedTest
  @EnumSource
  void it_is_no_oracle_for_secrets_and_passwords(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = start(running)) {
      String right = LINE + "'batch:" + TestClients.BATCH_SECRET + "' -d ";
      String wrong = LINE + "batch:wrong -d ";
      String grant = "grant_type=client_credentials";
      String password = LINE + "portal:x -d 'grant_type=password&username=alice&password=";

      assertThat(tried(endpoint, right + grant))
          .isEqualTo(tried(endpoint, wrong + grant))
          .contains(">The client is who it says it is: <strong>it is taken at its word</strong>");
      assertThat(tried(endpoint, password + "wonderland'"))
          .isEqualTo(tried(endpoint, password + "wrong'"))
          .contains("Tokens would be issued")
          .contains("password is good: <strong>it is taken at its word</strong>");
      for (int i = 0; i < 5; i++) {
        tried(endpoint, wrong + grant);
      }
      assertIssued(endpoint.token(grant, Contract.AS_BATCH));
      assertThat(running.log().lines())
          .filteredOn(line -> line.startsWith("dry run by \"alice\" from \"127.0.0.1\": tokens"))
          .hasSize(9);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_http_gets_wrong_and_what_is_no_request(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = start(running)) {
      String line = LINE + "batch:x ";

      assertThat(tried(endpoint, line)).contains("TOK1001");
      assertThat(tried(endpoint, line + "-d x=%zz")).contains("TOK1017");
      assertThat(tried(endpoint, line + "-H 'Content-Type: text/plain' -d x")).contains("TOK1010");
      assertThat(tried(endpoint, line.replace("/token", "/tokens") + "-d x")).contains("TOK1007");
      assertThat(tried(endpoint, line.replace("https", "http") + "-d x")).contains("TOK1008");
      assertThat(tried(endpoint, LINE + "nobody:x -d grant_type=x")).contains("TOK2101");
      assertThat(tried(endpoint, line + "-d grant_type=password")).contains("TOK4001");
      assertThat(tried(endpoint, line + "-d grant_type=client_credentials -d scope=x"))
          .contains("TOK6002", "The scope is allowed: <strong>failed");
      assertThat(tried(endpoint, line.replace("/token", "/revoke") + "-d x"))
          .contains("Only requests to the token endpoint can be tried");
      assertThat(tried(endpoint, line + "-d x=" + "y".repeat(66_000)))
          .contains("could not be read here", "TOK1013");
      assertThat(tried(endpoint, "zqx<b>hello")).contains("no request").doesNotContain("zqx");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("only for the role, only by its own form, and not too often")
  void guarded(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = start(running)) {
      String pasted = "&request=" + encode(LINE + "batch:x -d x=y");

      assertThat(endpoint.http().postForm(PAGE, "form=x" + pasted).status()).isEqualTo(401);
      assertThat(endpoint.http().postForm(PAGE, "form=x" + pasted, ALICE).text())
          .contains("This form was not made for you")
          .doesNotContain("TOK");
      String form = "form=" + form(endpoint) + pasted;
      for (int i = 0; i < 30; i++) {
        assertThat(endpoint.http().postForm(PAGE, form, ALICE).text()).contains("TOK1034");
      }
      assertThat(endpoint.http().postForm(PAGE, form, ALICE).text())
          .contains("Too many")
          .doesNotContain("TOK");
    }
  }
}
