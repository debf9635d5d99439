package dev.postern.it.contract;

import static dev.postern.it.contract.Contract.AS_BATCH;
import static dev.postern.it.contract.Contract.AS_SHOP;
import static dev.postern.it.contract.Contract.CLIENT_CREDENTIALS;
import static dev.postern.it.contract.Contract.S256;
import static dev.postern.it.contract.Contract.VERIFIER;
import static dev.postern.it.contract.Contract.access;
import static dev.postern.it.contract.Contract.assertIssued;
import static dev.postern.it.contract.Contract.refresh;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Containers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What happens is counted for JMX and told line by line, and both end with the filter")
class FiguresIT {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private static TestApp app() {
    return TestApp.with(TestClients.all())
        .parameter("auditLog", "true")
        .parameter("failureLimit", "2")
        .mapping("/figures/*");
  }

  private static Set<ObjectName> beans() throws Exception {
    return SERVER.queryNames(
        new ObjectName("dev.postern:type=TokenEndpoint,context=\"/shop\",*"), null);
  }

  private static Object attribute(String name) throws Exception {
    return SERVER.getAttribute(beans().iterator().next(), name);
  }

  @ParameterizedTest
  @EnumSource
  void an_application_that_is_stopped_or_deployed_anew_leaves_no_bean(Containers container)
      throws Exception {
    try (Running running = new Running(container, Optional.empty())) {
      Set<ObjectName> before = beans();
      for (int i = 0; i < 2; i++) {
        try (Endpoint endpoint = running.alone(app())) {
          assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH));

          assertThat(beans()).hasSize(before.size() + 1);
        }
        assertThat(beans()).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_stolen_refresh_token_is_told_and_counted(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      String code = endpoint.code(TestClients.SHOP, S256);
      JsonObject first =
          assertIssued(
              endpoint.token(
                  "grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER,
                  AS_SHOP));
      JsonObject second = assertIssued(exchanged(endpoint, refresh(first)));
      assertIssued(exchanged(endpoint, refresh(first)));
      assertIssued(exchanged(endpoint, refresh(second)));
      Answer replay = exchanged(endpoint, refresh(first));
      String id = replay.json().getString("trace_id");

      assertThat(audited(running, id)).containsExactly("refused", "replayed", "revoked");
      assertThat(attribute("Issued")).isEqualTo(3L);
      assertThat(attribute("Repeated")).isEqualTo(1L);
      assertThat(attribute("Replayed")).isEqualTo(1L);
      assertThat(attribute("Revoked")).isEqualTo(1L);
      assertThat(attribute("StoreKind")).isEqualTo("memory");
      assertThat((Long) attribute("StoreEntries")).isPositive();
      TabularData refused = (TabularData) attribute("RefusedByCause");
      assertThat(refused.get(new Object[] {"TOK3203 REFRESH_TOKEN_REUSED"}).get("value"))
          .isEqualTo(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_code_of_the_authorization_endpoint_is_told_and_counted(Containers container)
      throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      String asked = "response_type=code&client_id=own&scope=profile";
      Answer answer = UserAgent.ofAlice(endpoint).authorize(asked, "client-request-id: code-1");
      String code = UserAgent.query(answer).get("code");

      assertThat(code).hasSize(43);
      assertThat(attribute("CodesIssued")).isEqualTo(1L);
      assertThat(attribute("Issued")).isEqualTo(0L);
      assertThat(running.log().lineWith("\"event\":\"code_issued\""))
          .contains(
              "\"correlation_id\":\"code-1\",\"client\":\"own\",\"subject\":\"alice\","
                  + "\"scope\":\"profile\",\"source\":\"127.0.0.1\"}");
      assertThat(running.log().everything()).doesNotContain(code);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_token_that_its_client_gives_back_is_told_and_counted_once(Containers container)
      throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      String token = access(assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH)));
      String id = "client-request-id: revoke-1";
      for (int i = 0; i < 2; i++) {
        endpoint.post("/shop/figures/revoke", "token=" + token, AS_BATCH, id);
      }

      assertThat(attribute("Revoked")).isEqualTo(1L);
      assertThat(running.log().lineWith("\"event\":\"revoked\""))
          .contains("\"correlation_id\":\"revoke-1\"", "\"cause\":\"CLIENT_REQUEST\"");
    }
  }

  private static Answer exchanged(Endpoint endpoint, String token) {
    return endpoint.token("grant_type=refresh_token&refresh_token=" + token, AS_SHOP);
  }

  @ParameterizedTest
  @EnumSource
  void who_guesses_too_often_is_told_of_once(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      for (int i = 0; i < 5; i++) {
        endpoint.token(CLIENT_CREDENTIALS, basic("batch", "zqx-wrong-0123456789"));
      }

      assertThat(events(running)).filteredOn("locked_out"::equals).hasSize(1);
      assertThat(attribute("LockedOut")).isEqualTo(1L);
      assertThat((String[]) attribute("RecentLockOuts"))
          .hasSize(1)
          .allMatch(line -> line.endsWith(" client=\"batch\" source=\"127.0.0.1\" refused=3"));
      assertThat(running.log().everything()).doesNotContain("zqx-wrong");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_secret_in_use_that_expires_soon_is_told_of_once(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint =
            running.alone(TestApp.with(expiringSoon()).parameter("auditLog", "true"))) {
      for (int i = 0; i < 3; i++) {
        assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH));
      }

      assertThat(events(running)).filteredOn("secret_near_expiry"::equals).hasSize(1);
      assertThat(running.log().lineWith("still uses its secret"))
          .startsWith("client \"batch\" still uses its secret \"soon\", which expires at 20");
    }
  }

  private static TestClients expiringSoon() {
    String end = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS).toString();
    return TestClients.none()
        .with(
            TestClients.BATCH,
            "client_secret_basic",
            "client_credentials",
            client ->
                client.add(
                    "secrets",
                    Json.createArrayBuilder()
                        .add(
                            Json.createObjectBuilder()
                                .add(
                                    "hash", Sha256Secrets.hash(Secret.of(TestClients.BATCH_SECRET)))
                                .add("name", "soon")
                                .add("expires_at", end))));
  }

  /** The names of the events with this trace id. */
  private static List<String> audited(Running running, String traceId) {
    running.log().lineWith("\"event\":\"revoked\"");
    return running.log().lines().stream()
        .filter(line -> line.startsWith("{") && line.contains(traceId))
        .map(FiguresIT::event)
        .toList();
  }

  private static List<String> events(Running running) {
    return running.log().lines().stream()
        .filter(line -> line.startsWith("{"))
        .map(FiguresIT::event)
        .toList();
  }

  private static String event(String line) {
    return Json.createReader(new StringReader(line)).readObject().getString("event");
  }
}
