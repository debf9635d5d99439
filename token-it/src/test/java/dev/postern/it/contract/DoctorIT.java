package dev.postern.it.contract;

import static dev.postern.it.contract.Contract.AS_BATCH;
import static dev.postern.it.contract.Contract.CLIENT_CREDENTIALS;
import static dev.postern.it.contract.Contract.assertIssued;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Containers;
import dev.postern.it.Realm;
import dev.postern.it.app.EarlierFilter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The doctor tells what is wrong with a deployment, in the log and on its page")
class DoctorIT {
  private static final String DOCTOR = "/shop/oauth/errors/doctor";
  private static final String TRACES = "/shop/oauth/errors/traces/";
  private static final String ALICE = basic(Realm.USER, Realm.PASSWORD);

  private static TestApp app() {
    return TestApp.with(TestClients.all()).parameter("adminRole", Realm.ROLE);
  }

  private static String constraint(String role, String... patterns) {
    return "<security-constraint><web-resource-collection>"
        + "<web-resource-name>all</web-resource-name><url-pattern>"
        + String.join("</url-pattern><url-pattern>", patterns)
        + "</url-pattern></web-resource-collection><auth-constraint><role-name>"
        + role
        + "</role-name></auth-constraint></security-constraint><security-role><role-name>"
        + role
        + "</role-name></security-role>";
  }

  private static String logged(Running running, String label) {
    return running.log().lineWith(label + " ");
  }

  @ParameterizedTest
  @EnumSource
  void a_sound_deployment_has_no_warning(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH));
      Answer page = endpoint.http().send("GET", DOCTOR, ALICE);

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.headers("Cache-Control")).contains("no-store");
      assertThat(page.text()).contains("TOK10020").doesNotContain("Needs attention");
      assertThat(logged(running, "TOK10020")).contains("JSON_PROVIDER: ", "yasson", " from file:");
      assertThat(endpoint.send("GET", "/shop/oauth/errors/10020").text()).contains("JSON-B");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_earlier_filter_and_what_it_does(Containers container) throws Exception {
    TestApp app =
        app()
            .earlier(EarlierFilter.class, "/oauth/*")
            .parameter("passwordGrant", "true")
            .parameter("publicUrl", "https://shop.example/oauth");
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app)) {
      String before = endpoint.http().send("GET", DOCTOR, ALICE).text();
      assertIssued(
          endpoint.token(
              CLIENT_CREDENTIALS, AS_BATCH, "Host: other.example", "X-Earlier: parameter"));
      String page = endpoint.http().send("GET", DOCTOR, ALICE).text();

      assertThat(before).contains("TOK10001").doesNotContain("TOK10002", "TOK10011");
      assertThat(page)
          .contains("mapped before token: earlier", "TOK10002", "TOK10011", "other.example");
      assertThat(logged(running, "TOK10001")).contains("FILTERS_BEFORE: mapped before token");
      assertThat(logged(running, "TOK10002")).contains("BODY_CONSUMED: ");
      assertThat(logged(running, "TOK10011")).contains("the settings say shop.example");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_constraint_that_swallows_the_credentials_of_clients(Containers container)
      throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app().xml(constraint(Realm.ROLE, "/oauth/token")))) {
      Answer swallowed = endpoint.token(CLIENT_CREDENTIALS, AS_BATCH);

      assertThat(swallowed.status()).isEqualTo(401);
      assertThat(swallowed.text()).doesNotContain("TOK");
      assertThat(logged(running, "TOK10004"))
          .endsWith("the security-constraint on /oauth/token covers /oauth/token");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_proxy_that_ends_tls_and_is_not_trusted(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      for (int i = 0; i < 2; i++) {
        Answer refused = endpoint.token(CLIENT_CREDENTIALS, AS_BATCH, "X-Forwarded-Proto: https");
        assertThat(refused.status()).isEqualTo(400);
      }

      assertThat(logged(running, "TOK10010"))
          .isEqualTo("TOK10010 TLS_ENDED_BEFORE: a forwarding header from 127.0.0.1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_database_no_clients_and_a_grant_for_nobody(Containers container) throws Exception {
    TestApp app =
        TestApp.with(TestClients.none())
            .parameter("dataSource", "jdbc/nowhere")
            .parameter("adminRole", Realm.ROLE);
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app)) {
      String page = endpoint.http().send("GET", DOCTOR, ALICE).text();

      assertThat(page).contains("TOK10021", "TOK10030", "jdbc/nowhere");
      assertThat(logged(running, "TOK10021")).contains("jdbc/nowhere");
      assertThat(logged(running, "TOK10030")).contains("NO_CLIENTS");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a security-constraint over the pages: the container refuses, and we are not asked")
  void guarded_by_the_container(Containers container) throws Exception {
    for (String role : List.of(Realm.ROLE, "nobody-has-this")) {
      TestApp app = app().xml(constraint(role, "/oauth/errors/traces/*", "/oauth/errors/doctor"));
      try (Running running = new Running(container, Optional.empty());
          Endpoint endpoint = running.alone(app)) {
        int status = role.equals(Realm.ROLE) ? 200 : 403;
        for (String target : List.of(DOCTOR, TRACES)) {
          Answer anonymous = endpoint.http().send("GET", target);
          assertThat(anonymous.status()).isEqualTo(401);
          assertThat(anonymous.header("WWW-Authenticate").orElse("")).startsWith("Basic ");
          assertThat(anonymous.text()).doesNotContain("TOK", "Postern");

          Answer alice = endpoint.http().send("GET", target, ALICE);
          assertThat(alice.status()).isEqualTo(status);
          assertThat(alice.text().contains("Postern")).isEqualTo(status == 200);
          Answer wrong = endpoint.http().send("GET", target, basic(Realm.USER, "zqx-wrong-01"));
          assertThat(wrong.status()).isEqualTo(401);
        }
        // The rest is for everybody, and clients are not asked for a user's password.
        assertThat(endpoint.http().send("GET", "/shop/oauth/errors/2000").status()).isEqualTo(200);
        assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH));
      }
    }
  }
}
