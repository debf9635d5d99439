package dev.postern.it.contract;

import static dev.postern.it.contract.Contract.AS_BATCH;
import static dev.postern.it.contract.Contract.CLIENT_CREDENTIALS;
import static dev.postern.it.contract.Contract.access;
import static dev.postern.it.contract.Contract.assertIssued;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Findings.ALICE;
import static dev.postern.it.contract.Findings.DOCTOR;
import static dev.postern.it.contract.Findings.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Containers;
import dev.postern.it.Realm;
import dev.postern.it.app.EarlierFilter;
import dev.postern.it.app.WebLogicFilter;
import dev.postern.servlet.TokenFilter;
import dev.postern.servlet.doctor.FindingKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The doctor tells what is wrong with a deployment, in the log and on its page")
class DoctorIT {
  private static final String TRACES = "/shop/oauth/errors/traces/";

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

  @ParameterizedTest
  @EnumSource
  void a_sound_deployment_has_no_warning(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH));
      Findings findings = new Findings(running, endpoint);

      assertThat(findings.page().headers("Cache-Control")).contains("no-store");
      assertThat(findings.page().text()).doesNotContain("Needs attention");
      findings.assertFound(FindingKind.JSON_PROVIDER, "yasson");
      assertThat(findings.logged(FindingKind.JSON_PROVIDER)).contains(" from file:");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_earlier_filter_and_what_it_does(Containers container) throws Exception {
    TestApp app =
        app()
            .earlier(EarlierFilter.class, "/oauth/*")
            .parameter("publicUrl", "https://shop.example/oauth");
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app)) {
      Findings findings = new Findings(running, endpoint);
      String before = findings.page().text();
      assertIssued(
          endpoint.token(
              CLIENT_CREDENTIALS, AS_BATCH, "Host: other.example", "X-Earlier: parameter"));

      assertThat(before).contains("TOK10001").doesNotContain("TOK10002", "TOK10011");
      findings.assertFound(FindingKind.FILTERS_BEFORE, "mapped before token: earlier");
      findings.assertFound(FindingKind.BODY_CONSUMED, "Map this filter before that one");
      findings.assertFound(
          FindingKind.OTHER_ADDRESS,
          "requests are for other.example, the settings say shop.example");
      findings.assertFound(FindingKind.FORM_CHARSET, "not set, and a filter comes before");
    }
  }

  @ParameterizedTest
  @EnumSource
  void forms_in_another_charset(Containers container) throws Exception {
    String latin = "<request-character-encoding>ISO-8859-1</request-character-encoding>";
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app().xml(latin))) {
      new Findings(running, endpoint).assertFound(FindingKind.FORM_CHARSET, "is ISO-8859-1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void another_filter_of_ours_answers_first(Containers container) throws Exception {
    String first =
        "<filter><filter-name>first</filter-name><filter-class>"
            + TokenFilter.class.getName()
            + "</filter-class></filter><filter-mapping><filter-name>first</filter-name>"
            + "<url-pattern>/oauth/token</url-pattern></filter-mapping>";
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app().xmlBefore(first))) {
      new Findings(running, endpoint)
          .assertFound(FindingKind.FILTER_SHADOWED, "the filter first answers /oauth/token");
      // It is on one exact path and has no pages.
      assertThat(endpoint.token(CLIENT_CREDENTIALS).json()).doesNotContainKey("error_uri");
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
      new Findings(running, endpoint)
          .assertFound(
              FindingKind.CONSTRAINT_BEFORE,
              "the security-constraint on /oauth/token covers /oauth/token");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the README's way out of a constraint over everything works, and is not warned of")
  void a_constraint_that_lets_clients_through(Containers container) throws Exception {
    String open =
        "<security-constraint><web-resource-collection>"
            + "<web-resource-name>token endpoint</web-resource-name>"
            + "<url-pattern>/oauth/*</url-pattern></web-resource-collection></security-constraint>";
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app().xml(constraint(Realm.ROLE, "/*") + open))) {
      assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH));

      assertThat(new Findings(running, endpoint).page().text())
          .contains("TOK10020")
          .doesNotContain("Needs attention");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_constraint_over_resources_that_want_a_token(Containers container) throws Exception {
    TestApp app =
        app()
            .xml(BearerContract.filter("api", "/api/*"))
            .xml(constraint(Realm.ROLE, "/api/private/*"));
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app)) {
      String token = access(assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH)));
      String bearer = "Authorization: Bearer " + token;

      assertThat(endpoint.http().send("GET", "/shop/api/open", bearer).status()).isEqualTo(200);
      assertThat(endpoint.http().send("GET", "/shop/api/private/x", bearer).status())
          .isEqualTo(401);
      new Findings(running, endpoint)
          .assertFound(
              FindingKind.RESOURCE_CONSTRAINED,
              "the security-constraint on /api/private/*, the BearerFilter on /api/*");
    }
  }

  @ParameterizedTest
  @EnumSource
  void servers_that_look_at_credentials_first(Containers container) throws Exception {
    TestApp app =
        app()
            .filter(WebLogicFilter.class)
            .classes(WebLogicFilter.class)
            .file(
                "META-INF/context.xml",
                "<Context><Valve preemptiveAuthentication='true'/></Context>");
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app)) {
      Findings findings = new Findings(running, endpoint);
      findings.assertFound(FindingKind.WEBLOGIC_BASIC, "enforce-valid-basic-auth-credentials");
      findings.assertFound(
          FindingKind.PREEMPTIVE_BASIC, "META-INF/context.xml has preemptiveAuthentication");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobody_can_log_in_or_stay_so(Containers container) throws Exception {
    TestApp app =
        app()
            .earlier(EarlierFilter.class, "/oauth/errors/*")
            .xml(
                "<session-config><cookie-config><path>/shop/app</path></cookie-config>"
                    + "</session-config>")
            .login("");
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app)) {
      assertThat(endpoint.http().send("GET", DOCTOR, ALICE).status()).isEqualTo(403);
      Findings findings = new Findings(running, endpoint, "X-Earlier: administrator");
      findings.assertFound(FindingKind.LOGIN_MISSING, "needed for adminRole and /oauth/authorize");
      findings.assertFound(
          FindingKind.LOGIN_LOST,
          "the session cookie is for /shop/app, not for /shop/oauth/authorize");
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

      new Findings(running, endpoint)
          .assertFound(FindingKind.TLS_ENDED_BEFORE, "a forwarding header from 127.0.0.1");
    }
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app().parameter("allowInsecureHttp", "true"))) {
      assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH, "X-Forwarded-Proto: http"));
      assertThat(new Findings(running, endpoint).page().text()).doesNotContain("TOK10010");
      assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH, "X-Forwarded-Proto: https"));

      new Findings(running, endpoint)
          .assertFound(FindingKind.TLS_ENDED_BEFORE, "a forwarding header from 127.0.0.1");
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
