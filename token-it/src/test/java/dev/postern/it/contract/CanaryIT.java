package dev.postern.it.contract;

import static dev.postern.it.contract.Contract.AS_BATCH;
import static dev.postern.it.contract.Contract.AS_OTHER;
import static dev.postern.it.contract.Contract.AS_SHOP;
import static dev.postern.it.contract.Contract.CLIENT_CREDENTIALS;
import static dev.postern.it.contract.Contract.S256;
import static dev.postern.it.contract.Contract.VERIFIER;
import static dev.postern.it.contract.Contract.access;
import static dev.postern.it.contract.Contract.assertIssued;
import static dev.postern.it.contract.Contract.refresh;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Containers;
import dev.postern.it.Realm;
import dev.postern.it.app.ControlServlet;
import dev.postern.it.app.ExtensionsListener;
import dev.postern.it.app.FlakyStore;
import dev.postern.it.app.Recorder;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Of all that is told to operators, nothing holds a credential")
class CanaryIT {
  private static final String CANARY = "zqxCANARY-0123456789-abcdef";
  private static final String ALICE = basic(Realm.USER, Realm.PASSWORD);

  private static TestApp app() {
    return TestApp.with(TestClients.all())
        .parameter("adminRole", Realm.ROLE)
        .parameter("auditLog", "true")
        .parameter("passwordGrant", "true")
        .parameter("failureLimit", "5")
        .stateless()
        .xml(BearerContract.filter("bearer", "/bearer"))
        .xml(
            "<listener><listener-class>"
                + ExtensionsListener.class.getName()
                + "</listener-class></listener>")
        .classes(ExtensionsListener.class, FlakyStore.class, Recorder.class)
        .servlet(ControlServlet.class, "/control");
  }

  @ParameterizedTest
  @EnumSource
  void pages_log_audit_jmx_and_events(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      replays(endpoint);
      nearMisses(endpoint);
      hostile(endpoint);
      neighbours(endpoint);
      failures(endpoint);
      Ledger ledger = running.ledger();

      String pages = String.join("\n", Told.pages(endpoint));
      String events = endpoint.http().postForm("/shop/control", "fail=").text();
      String log = running.log().everything();

      assertThat(ledger.size()).isGreaterThan(20);
      assertThat(ledger.seenIn("x" + TestClients.BATCH_SECRET)).isNotEmpty();
      assertThat(pages).contains("TOK3203", "TOK2108", "TOK3109", "TOK9001", "TOK10020");
      assertThat(ledger.seenIn(pages)).as("pages").isEmpty();
      assertThat(log)
          .contains("\"event\":\"replayed\"", "\"event\":\"locked_out\"")
          .contains("\"event\":\"code_issued\"", "dry run");
      assertThat(ledger.seenIn(log)).as("log").isEmpty();
      assertThat(events).contains("REFRESH_TOKEN_REUSED", "code|");
      assertThat(ledger.seenIn(events)).as("events").isEmpty();
      assertThat(Told.beans()).contains("TOK9001", "TOK3203");
      assertThat(ledger.seenIn(Told.beans())).as("JMX").isEmpty();
    }
  }

  private static void replays(Endpoint endpoint) {
    String code = endpoint.code(TestClients.SHOP, S256);
    String form = "grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER;
    JsonObject first = assertIssued(endpoint.token(form, AS_SHOP));
    JsonObject second = assertIssued(exchanged(endpoint, refresh(first)));
    assertIssued(exchanged(endpoint, refresh(second)));
    assertThat(exchanged(endpoint, refresh(first)).status()).isEqualTo(400);
    assertThat(endpoint.token(form, AS_SHOP).status()).isEqualTo(400);
    assertThat(endpoint.token(form, AS_OTHER).status()).isEqualTo(400);
  }

  private static Answer exchanged(Endpoint endpoint, String token) {
    return endpoint.token("grant_type=refresh_token&refresh_token=" + token, AS_SHOP);
  }

  private static void nearMisses(Endpoint endpoint) {
    endpoint.token(CLIENT_CREDENTIALS, basic("batch", TestClients.BATCH_SECRET + " "));
    endpoint.token(
        "grant_type=authorization_code&code="
            + endpoint.code(TestClients.SHOP, S256)
            + "&code_verifier="
            + Contract.CHALLENGE,
        AS_SHOP);
    endpoint.token(
        "grant_type=password&username=alice&password=" + CANARY + "-password", Contract.AS_PORTAL);
  }

  /** Credentials in all the wrong places. */
  private static void hostile(Endpoint endpoint) {
    for (String field :
        new String[] {
          "client_secret", "code", "refresh_token", "client_assertion", "code_verifier", "password"
        }) {
      String value = CANARY + "-" + field;
      endpoint.token("client_id=nobody&grant_type=x&" + field + "=" + value);
      endpoint.token(CLIENT_CREDENTIALS + "&" + field + "=" + value + "%00", AS_BATCH);
      endpoint.token(field + "=" + value + "&" + field + "=" + value, AS_SHOP);
      endpoint.post(endpoint.path() + "?" + field + "=" + value, CLIENT_CREDENTIALS, AS_BATCH);
    }
    endpoint.token(CLIENT_CREDENTIALS, "Authorization: Bearer " + CANARY + "-bearer");
    endpoint.token(CLIENT_CREDENTIALS, "Authorization: " + CANARY + "-without-scheme");
  }

  private static void failures(Endpoint endpoint) {
    for (int i = 0; i < 8; i++) {
      endpoint.token(CLIENT_CREDENTIALS, basic("batch", CANARY + "-guess-" + i));
    }
    for (String how : new String[] {"fail=commit", "fail=commit&unexpectedly=yes"}) {
      endpoint.http().postForm("/shop/control", how);
      endpoint.token(CLIENT_CREDENTIALS, AS_BATCH);
    }
  }

  /** At the other endpoints, and at a resource. */
  private static void neighbours(Endpoint endpoint) {
    UserAgent alice = UserAgent.ofAlice(endpoint);
    String code = alice.code(alice.authorize("response_type=code&client_id=own"));
    alice.authorize("response_type=code&client_id=own&request=" + CANARY + "-request");
    String token = access(assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH)));
    for (String value : new String[] {code, token, CANARY + "-token"}) {
      endpoint.post(Contract.INTROSPECT, "token=" + value, Contract.AS_API);
      endpoint.post(Contract.REVOKE, "token=" + value, AS_OTHER);
      endpoint.send("GET", "/shop/bearer", "Authorization: Bearer " + value);
      endpoint.send("GET", "/shop/bearer?access_token=" + value);
    }
    String curl =
        "curl https://shop.example/oauth/token -u batch:"
            + TestClients.BATCH_SECRET
            + " -d "
            + code;
    String page = "/shop/oauth/errors/dry-run";
    String form = UserAgent.fields(endpoint.http().send("GET", page, ALICE)).get("form");
    String asked = "form=" + form + "&request=" + Endpoint.encode(curl);
    assertThat(endpoint.http().postForm(page, asked, ALICE).text())
        .doesNotContain(TestClients.BATCH_SECRET, code);
  }
}
