package dev.postern.servlet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Lifetimes;
import dev.postern.servlet.FakeDeployment;
import dev.postern.servlet.Rfc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN s3: settings that make no sense stop the deployment")
class ConfigurationTest {
  private final FakeDeployment deployment = new FakeDeployment();

  private Configuration configuration() {
    return new Configuration(Settings.of(deployment.filter()));
  }

  /** Reads all that a token filter reads. */
  private static void readAll(Configuration configuration) {
    configuration.expectEndpoint();
    configuration.path();
    configuration.lifetimes();
    configuration.realm("token");
    configuration.maxBodyBytes();
    configuration.failureLimit();
    configuration.flag("allowInsecureHttp");
    configuration.flag("passwordGrant");
    configuration.flag("errorPages", true);
    configuration.traceRetention();
    configuration.trustedProxies();
    configuration.allowedOrigins();
  }

  private List<String> problems() {
    Configuration configuration = configuration();
    readAll(configuration);
    return configuration.problems();
  }

  @Test
  void nothing_set_nothing_wrong() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void what_holds_when_nothing_is_set() {
    Configuration configuration = configuration();

    assertThat(configuration.realm("token")).isEqualTo("token");
    assertThat(configuration.maxBodyBytes()).isEqualTo(65_536);
    assertThat(configuration.failureLimit()).isEqualTo(30);
    assertThat(configuration.flag("passwordGrant")).isFalse();
    assertThat(configuration.flag("errorPages", true)).isTrue();
    assertThat(configuration.url("publicUrl")).isEmpty();
    assertThat(configuration.trustedProxies().isEmpty()).isTrue();
    assertThat(configuration.allowedOrigins()).isEmpty();
    assertThat(configuration.path()).isEmpty();
    assertThat(configuration.lifetimes())
        .isEqualTo(
            new Lifetimes(
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                Duration.ofDays(180),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " = ",
      quoteCharacter = '`',
      value = {
        "realm = My shop's (tokens)",
        "maxBodyBytes = 1024",
        "maxBodyBytes = 16777216",
        "failureLimit = 0",
        "failureLimit = 60000",
        "passwordGrant = true",
        "allowInsecureHttp = false",
        "trustedProxies = 10.0.0.5, 10.1.0.0/16, ::1",
        "allowedOrigins = https://app.example",
        "allowedOrigins = https://app.example:8443, http://localhost:3000,",
        "path = /oauth",
        "path = /a/b-c_d.e~f",
        "issuer = https://shop.example",
        "issuer = https://shop.example/tenant",
        "issuer = http://localhost:8080",
        "issuer = http://127.0.0.1:8080/x",
        "issuer = http://[::1]:8080",
        "publicUrl = https://shop.example/oauth",
        "errorPages = false",
        "adminRole = admin",
        "traceRetention = P90D",
        "accessTokenFormat = opaque",
        "accessTokenLifetime = PT61S",
        "accessTokenLifetime = P1D",
        "refreshTokenLifetime = P180D",
        "codeLifetime = PT1S",
        "codeLifetime = PT10M",
        "refreshGrace = 0",
        "refreshGrace = PT0S",
        "refreshGrace = PT5M",
        "clients = /WEB-INF/x.json"
      })
  void allowed(String name, String value) {
    deployment.with(name, value);

    assertThat(problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "realm | a\"b | printable ASCII without quotes and backslashes",
        "realm | a\\b | printable ASCII without quotes and backslashes",
        "realm | ü | printable ASCII without quotes and backslashes",
        "realm | `a\nb` | printable ASCII without quotes and backslashes",
        "maxBodyBytes | 1023 | a number from 1024 to 16777216",
        "maxBodyBytes | 16777217 | a number from 1024 to 16777216",
        "maxBodyBytes | 64k | a number from 1024 to 16777216",
        "maxBodyBytes | 99999999999 | a number from 1024 to 16777216",
        "failureLimit | -1 | a number from 0 to 60000",
        "failureLimit | 60001 | a number from 0 to 60000",
        "failureLimit | off | a number from 0 to 60000",
        "passwordGrant | yes | true or false",
        "passwordGrant | TRUE | true or false",
        "allowInsecureHttp | 1 | true or false",
        "trustedProxies | all | IP addresses or networks such as 10.0.0.0/8, with commas between",
        "trustedProxies | proxy.example | IP addresses or networks such as 10.0.0.0/8, with commas"
            + " between",
        "trustedProxies | 10.0.0.0/33 | IP addresses or networks such as 10.0.0.0/8, with commas"
            + " between",
        "allowedOrigins | * | origins such as https://app.example, with commas between",
        "allowedOrigins | null | origins such as https://app.example, with commas between",
        "allowedOrigins | app.example | origins such as https://app.example, with commas between",
        "allowedOrigins | https://app.example/ | origins such as https://app.example, with commas"
            + " between",
        "allowedOrigins | https://app.example/x | origins such as https://app.example, with commas"
            + " between",
        "allowedOrigins | https://a.example https://b.example | origins such as"
            + " https://app.example, with commas between",
        "allowedOrigins | ftp://app.example | origins such as https://app.example, with commas"
            + " between",
        // What no browser ever sends.
        "allowedOrigins | https://App.example | origins such as https://app.example, with commas"
            + " between",
        "allowedOrigins | https://user@app.example | origins such as https://app.example, with"
            + " commas between",
        "allowedOrigins | https://app.example:443 | origins such as https://app.example, with"
            + " commas between",
        "allowedOrigins | http://app.example:80 | origins such as https://app.example, with commas"
            + " between",
        "path | oauth | a path such as /oauth, without a slash at its end",
        "path | / | a path such as /oauth, without a slash at its end",
        "path | /oauth/ | a path such as /oauth, without a slash at its end",
        "path | /oauth/* | a path such as /oauth, without a slash at its end",
        "path | /a//b | a path such as /oauth, without a slash at its end",
        "path | /a/../b | a path such as /oauth, without a slash at its end",
        "path | /. | a path such as /oauth, without a slash at its end",
        "path | /%61 | a path such as /oauth, without a slash at its end",
        "issuer | http://shop.example | an https URL without query and fragment (http on loopback"
            + " only)",
        "issuer | shop.example | an https URL without query and fragment (http on loopback only)",
        "issuer | https:// | an https URL without query and fragment (http on loopback only)",
        "issuer | https://shop.example?x | an https URL without query and fragment (http on"
            + " loopback only)",
        "issuer | https://shop.example#x | an https URL without query and fragment (http on"
            + " loopback only)",
        "issuer | https://u@shop.example | an https URL without query and fragment (http on"
            + " loopback only)",
        "issuer | http://localhost.evil.example | an https URL without query and fragment (http on"
            + " loopback only)",
        "issuer | not a URL | an https URL without query and fragment (http on loopback only)",
        "publicUrl | http://shop.example | an https URL without query and fragment (http on"
            + " loopback only)",
        "accessTokenFormat | jwt | opaque (this version has no jwt yet)",
        "accessTokenFormat | JWS | opaque (this version has no jwt yet)",
        "accessTokenLifetime | 600 | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to PT24H",
        "accessTokenLifetime | PT0S | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to PT24H",
        "accessTokenLifetime | -PT10M | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to PT24H",
        "accessTokenLifetime | P2D | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to PT24H",
        "accessTokenLifetime | P1M | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to PT24H",
        "accessTokenLifetime | PT99999999999999999999H | an ISO 8601 duration such as PT10M, of whole seconds, from"
            + " PT1S to PT24H",
        "codeLifetime | PT10M1S | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to PT10M",
        "refreshTokenLifetime | P3651D | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to"
            + " PT87600H",
        "refreshFamilyLifetime | forever | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to"
            + " PT87600H",
        "refreshTokenLifetime | P181D | not more than refreshFamilyLifetime (PT4320H)",
        "refreshGrace | PT5M1S | an ISO 8601 duration of whole seconds up to PT5M, or 0",
        "refreshGrace | -PT1S | an ISO 8601 duration of whole seconds up to PT5M, or 0",
        "refreshGrace | 60 | an ISO 8601 duration of whole seconds up to PT5M, or 0",
        "traceRetention | P91D | an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to"
            + " PT2160H",
        "signingKeys | /WEB-INF/keys.json | this version does not have it yet; leave it out",
        "errorPages | on | true or false"
      })
  @Rfc("RFC6749-4.1.2")
  @DisplayName("parameter, value, what is allowed")
  void refused(String name, String value, String allowed) {
    deployment.with(name, value);

    assertThat(problems()).containsExactly(name + " = " + value + ": " + allowed);
  }

  @Test
  void a_grace_has_to_be_less_than_the_life_of_the_access_token() {
    deployment.with("accessTokenLifetime", "PT60S").with("refreshGrace", "PT60S");
    assertThat(problems())
        .containsExactly(
            "refreshGrace = PT60S: less than accessTokenLifetime (PT1M), or PT0S for none");

    deployment.with("refreshGrace", "PT59S");
    assertThat(problems()).isEmpty();

    deployment.with("accessTokenLifetime", "PT30S").with("refreshGrace", "0");
    assertThat(problems()).isEmpty();
  }

  @Test
  void a_family_lives_as_long_as_its_tokens() {
    deployment.with("refreshFamilyLifetime", "P7D");
    assertThat(problems())
        .containsExactly("refreshTokenLifetime: not more than refreshFamilyLifetime (PT168H)");

    deployment.with("refreshTokenLifetime", "P7D");
    assertThat(problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "client, clients",
    "Clients, clients",
    "realmName, realm",
    "relm, realm",
    "access-token-lifetime, accessTokenLifetime",
    "accesstokenlifetime, accessTokenLifetime",
    "accessTokenLifetme, accessTokenLifetime",
    "refreshTokenLifeTime, refreshTokenLifetime",
    "passwordGrants, passwordGrant",
    "trustedProxy, trustedProxies",
    "allowedOrigin, allowedOrigins",
    "allowInsecureHTTP, allowInsecureHttp",
    "codeLifeTime, codeLifetime",
    "issuerUrl, issuer",
    "publicURL, publicUrl",
    "maxBodyByte, maxBodyBytes",
    "failure_limit, failureLimit",
    "datasource, dataSource",
    "paths, path"
  })
  void a_misspelt_name_gets_a_suggestion(String name, String near) {
    deployment.with(name, "x");

    assertThat(problems())
        .containsExactly("init-param " + name + ": no such setting; is it " + near + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "42", "_", "somethingElse", "token"})
  void an_unknown_one_gets_none(String name) {
    deployment.with(name, "x");

    assertThat(problems()).containsExactly("init-param " + name + ": no such setting");
  }

  @Test
  void everything_at_once() {
    deployment
        .with("relm", "x")
        .with("realm", "\"")
        .with("issuer", "http://shop.example")
        .with("refreshGrace", "PT6M")
        .with("codeLifetime", "1h")
        .with("maxBodyBytes", "0")
        .with("failureLimit", "x")
        .with("passwordGrant", "on")
        .with("trustedProxies", "all")
        .with("allowedOrigins", "*")
        .with("path", "oauth")
        .with("signingKeys", "x");

    assertThat(problems())
        .extracting(problem -> problem.replaceFirst("[ :].*", ""))
        .containsExactlyInAnyOrder(
            "init-param",
            "realm",
            "issuer",
            "refreshGrace",
            "codeLifetime",
            "maxBodyBytes",
            "failureLimit",
            "passwordGrant",
            "trustedProxies",
            "allowedOrigins",
            "path",
            "signingKeys");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path",
        "issuer",
        "publicUrl",
        "accessTokenFormat",
        "accessTokenLifetime",
        "refreshTokenLifetime",
        "refreshFamilyLifetime",
        "refreshGrace",
        "codeLifetime",
        "passwordGrant",
        "signingKeys",
        "errorPages",
        "adminRole"
      })
  void a_guard_has_no_settings_of_what_it_does_not_do(String name) {
    Configuration configuration = configuration();
    deployment.with(name, "x");

    configuration.expectGuard();

    assertThat(configuration.problems())
        .hasSize(1)
        .allMatch(problem -> problem.startsWith("init-param " + name + ": no such setting"));
  }

  @Test
  void a_guard_has_the_rest() {
    Configuration configuration = configuration();
    for (String name :
        List.of(
            "clients",
            "realm",
            "maxBodyBytes",
            "failureLimit",
            "trustedProxies",
            "allowInsecureHttp",
            "allowedOrigins",
            "extensions")) {
      deployment.with(name, "x");
    }

    configuration.expectGuard();

    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void system_properties_may_be_misspelt_too() {
    List<String> properties =
        List.of("postern.relm", "postern.oauth.pth", "postern.other.x", "postern.codeLifetime");
    properties.forEach(name -> System.setProperty(name, "PT30S"));
    try {
      Configuration guard = configuration();
      guard.expectGuard();

      assertThat(problems())
          .containsExactlyInAnyOrder(
              "system property postern.oauth.pth: no such setting; is it path?",
              "system property postern.relm: no such setting; is it realm?");
      // A property for all filters may be one that only the other kind of filter has.
      assertThat(guard.problems())
          .containsExactlyInAnyOrder(
              "system property postern.oauth.pth: no such setting",
              "system property postern.relm: no such setting; is it realm?");
    } finally {
      properties.forEach(System::clearProperty);
    }
  }

  @Test
  void lists() {
    deployment.with("extensions", " a , b,,c ");

    assertThat(configuration().list("extensions")).containsExactly("a", "b", "c");
    assertThat(configuration().list("none")).isEqualTo(new ArrayList<>());
  }
}
