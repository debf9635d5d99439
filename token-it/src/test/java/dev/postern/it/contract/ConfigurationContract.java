package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Container;
import dev.postern.it.RawConnection;
import dev.postern.it.Webapp;
import dev.postern.servlet.TokenGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A value that makes no sense stops the start, with one message that lists all of them")
abstract class ConfigurationContract extends Contract {
  private static final String HASH = Sha256Secrets.hash(Secret.of("kX7-configured-secret-0030"));

  ConfigurationContract(Running running) {
    super(running);
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    TestApp app =
        TestApp.with(TestClients.all())
            .parameter("isuer", "https://shop.example")
            .parameter("unheard", "x")
            .parameter("issuer", "http://shop.example")
            .parameter("publicUrl", "https://shop.example/?a=b")
            .parameter("clients", "jdbc")
            .parameter("realm", "a\"b")
            .parameter("accessTokenFormat", "jwt")
            .parameter("accessTokenLifetime", "600")
            .parameter("refreshTokenLifetime", "P200D")
            .parameter("refreshGrace", "PT5M1S")
            .parameter("codeLifetime", "PT10M1S")
            .parameter("passwordGrant", "yes")
            .parameter("trustedProxies", "proxy.example")
            .parameter("allowInsecureHttp", "1")
            .parameter("allowedOrigins", "*, https://app.example/path")
            .parameter("maxBodyBytes", "64k")
            .parameter("failureLimit", "-1")
            .parameter("extensions", "com.example.Missing")
            .parameter("path", "oauth/")
            .parameter("createSchema", "true")
            .parameter("requireDataSource", "maybe")
            .parameter("signingKeys", "/keys.json")
            .parameter("errorPages", "perhaps")
            .parameter("traceRetention", "P91D");

    List<String> lines = refusal(app).lines().map(String::strip).toList();

    assertThat(lines.get(0)).isEqualTo("Postern cannot start, filter token of /shop/:");
    assertThat(lines.subList(1, lines.size()))
        .anyMatch(line -> line.matches("init-param isuer: no such setting; is it issuer\\?"))
        .anyMatch(line -> line.matches("init-param unheard: no such setting"))
        .anyMatch(line -> line.startsWith("issuer = http://shop.example: an https URL"))
        .anyMatch(line -> line.startsWith("publicUrl = https://shop.example/?a=b: an https URL"))
        .anyMatch(line -> line.matches("clients = jdbc: jdbc needs a dataSource"))
        .anyMatch(line -> line.matches("createSchema = true: nothing, as there is no dataSource"))
        .anyMatch(line -> line.matches("requireDataSource = maybe: true or false"))
        .anyMatch(line -> line.startsWith("realm = a\"b: "))
        .anyMatch(line -> line.startsWith("accessTokenFormat = jwt: opaque"))
        .anyMatch(line -> line.startsWith("accessTokenLifetime = 600: an ISO 8601 duration"))
        .anyMatch(line -> line.startsWith("refreshTokenLifetime = P200D: not more than"))
        .anyMatch(
            line ->
                line.startsWith(
                    "refreshGrace = PT5M1S: an ISO 8601 duration of whole seconds up to PT5M"))
        .anyMatch(line -> line.startsWith("codeLifetime = PT10M1S: an ISO 8601 duration"))
        .anyMatch(line -> line.matches("passwordGrant = yes: true or false"))
        .anyMatch(line -> line.startsWith("trustedProxies = proxy.example: IP addresses"))
        .anyMatch(line -> line.matches("allowInsecureHttp = 1: true or false"))
        .anyMatch(line -> line.startsWith("allowedOrigins = *, https://app.example/path: origins"))
        .anyMatch(line -> line.startsWith("maxBodyBytes = 64k: a number from"))
        .anyMatch(line -> line.startsWith("failureLimit = -1: a number from 0"))
        .anyMatch(line -> line.startsWith("com.example.Missing: not a class"))
        .anyMatch(line -> line.startsWith("traceRetention = P91D: an ISO 8601 duration"))
        .anyMatch(line -> line.matches("errorPages = perhaps: true or false"))
        .anyMatch(line -> line.startsWith("path = oauth/: a path such as /oauth"));
    for (String later : List.of("signingKeys")) {
      assertThat(lines)
          .anyMatch(
              line -> line.startsWith(later + " = ") && line.contains("does not have it yet"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          refreshGrace         | PT-1S   | refreshGrace = PT-1S: an ISO 8601 duration of whole seconds up to PT5M, or 0
          refreshGrace         | 60      | refreshGrace = 60: an ISO 8601 duration of whole seconds up to PT5M, or 0
          accessTokenLifetime  | PT60S   | refreshGrace: less than accessTokenLifetime (PT1M)
          accessTokenLifetime  | PT0.5S  | accessTokenLifetime = PT0.5S: an ISO 8601 duration
          accessTokenLifetime  | P2D     | accessTokenLifetime = P2D: an ISO 8601 duration
          accessTokenLifetime  | PT9223372036854775807S | accessTokenLifetime = PT9223372036854775807S: an
          refreshFamilyLifetime | P1D    | refreshTokenLifetime: not more than refreshFamilyLifetime (PT24H)
          issuer               | shop.example | issuer = shop.example: an https URL
          issuer               | https://shop.example/#a | issuer = https://shop.example/#a: an https URL
          issuer               | https://user@shop.example | issuer = https://user@shop.example: an https URL
          issuer               | http://127.0.0.1.evil.example | issuer = http://127.0.0.1.evil.example: an https
          maxBodyBytes         | 1023    | maxBodyBytes = 1023: a number from 1024
          maxBodyBytes         | 99999999999 | maxBodyBytes = 99999999999: a number
          failureLimit         | 60001   | failureLimit = 60001: a number from 0 to 60000
          trustedProxies       | 10.0.0.0/33 | trustedProxies = 10.0.0.0/33: IP addresses
          trustedProxies       | 10.0.0  | trustedProxies = 10.0.0: IP addresses
          allowedOrigins       | app.example | allowedOrigins = app.example: origins
          realm                | caf\u00E9 | realm = caf\u00E9: printable ASCII
          clients              | /WEB-INF/nowhere.json | clients: there is no /WEB-INF/nowhere.json
          clients              | file:/nowhere/clients.json | clients = file:/nowhere/clients.json: a file that can
          clients              | file:x  | clients = file:x: a file: URL such as
          clients              | java.lang.String | clients = java.lang.String: a path in the web application
          clients              | com.example.None | com.example.None: not a class of the application
          Issuer               | https://shop.example | init-param Issuer: no such setting; is it issuer?
          max-body-bytes       | 2048    | init-param max-body-bytes: no such setting; is it maxBodyBytes?
          accessTokenLifetme   | PT5M    | init-param accessTokenLifetme: no such setting; is it accessTokenLifetime?
          extensions           | java.lang.Object | extensions: java.lang.Object implements no extension point
          """)
  void each_of_them_alone(String name, String value, String problem) {
    String message = refusal(TestApp.with(TestClients.all()).parameter(name, value));

    assertThat(message).contains("\n  " + problem);
    assertThat(message.lines().count()).as(message).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/*", "*.token", "/"})
  void where_the_endpoints_are_has_to_be_clear(String mapping) {
    assertThat(refusal(TestApp.with(TestClients.all()).mapping(mapping).alone()))
        .contains("map the filter to a path such as /oauth/* or /token");
  }

  @Test
  void a_guard_knows_fewer_settings() {
    TestApp app =
        TestApp.with(TestClients.all())
            .filter(TokenGuard.class)
            .mapping("/legacy/token")
            .parameter("codeLifetime", "PT1M")
            .parameter("signingKeys", "/keys.json")
            .parameter("realm", "\"");

    assertThat(refusal(app))
        .contains(
            "Postern cannot start, filter token of /shop/:\n",
            "\n  init-param codeLifetime: no such setting",
            "\n  init-param signingKeys: no such setting",
            "\n  realm = \": ");
  }

  @Test
  void all_that_is_wrong_with_the_clients_is_told_at_once() {
    String secrets = "\"secrets\":[{\"hash\":\"" + HASH + "\"}]";
    String cc = "\"grant_types\":[\"client_credentials\"]";
    String file =
        """
        {"clients":[
          {"client_id":"a","token_endpoint_auth_method":"client_secret_jwt",%1$s,%2$s},
          {"client_id":"b","grant_types":["authorization_code"],%1$s},
          {"client_id":"c","grant_type":["client_credentials"],%1$s},
          {"client_id":"d","grant_types":["implicit"],%1$s},
          {"client_id":"e","token_endpoint_auth_method":"none",%2$s},
          {"client_id":"f","token_endpoint_auth_method":"none","grant_types":["authorization_code"],
           "redirect_uris":["/cb","https://f.example/#x"]},
          {"client_id":"g",%2$s,"secrets":[{"hash":"kX7-plain-text-secret-0031"}]},
          {"client_id":"h",%2$s,"secrets":[{"hash":"$pbkdf2-sha256$i=1000$c2FsdHNhbHRzYWx0c2FsdA$x"}]},
          {"client_id":"i",%2$s,"secrets":[{"hash":"$2b$04$abcdefghijklmnopqrstuu26wZtvT6wAN1ri5H4takCc.zBDtXpCK"}]},
          {"client_id":"j",%2$s,%1$s,"scope":"a  b"},
          {"client_id":"k",%2$s,%1$s,"disabled":"yes"},
          {"client_id":"l",%2$s,"secrets":[{"hash":"%3$s","expires_at":"tomorrow","expires":"x"}]},
          {"client_id":"m",%2$s,"secrets":[{"hash":"%3$s"},{"hash":"%3$s"},{"hash":"%3$s"}]},
          {"client_id":"n",%2$s,%1$s},
          {"client_id":"n",%2$s,%1$s},
          {%2$s,%1$s},
          {"client_id":"o",%2$s},
          {"client_id":"p",%2$s,%1$s,"code_challenge_methods":["s256"]},
          {"client_id":"q",%2$s,%1$s,"redirect_uris":"https://q.example/"},
          "r"
        ],"more":1}
        """
            .formatted(secrets, cc, HASH);

    String message = refusal(TestApp.bare().file("WEB-INF/clients.json", file));

    assertThat(message)
        .contains(
            "(a): token_endpoint_auth_method client_secret_jwt is none of",
            "(b): authorization_code needs at least one entry in redirect_uris",
            "(c): unknown member grant_type; there are [",
            "(c): grant_types names no grant type",
            "(d): grant type implicit is none of [authorization_code, client_credentials,",
            "(e): client_credentials needs a token_endpoint_auth_method other than none",
            "(f): redirect_uris: not an absolute URI without a fragment: /cb",
            "(f): redirect_uris: not an absolute URI without a fragment: https://f.example/#x",
            "(g) secrets[0]: hash: not a hash in a known format",
            "(h) secrets[0]: hash: i has to be 100000 to 2000000, not 1000",
            "(i) secrets[0]: hash: the cost has to be 8 to 14, not 4",
            "(j): scope: not scope-tokens with one space between them",
            "(k): disabled has to be true or false",
            "(l) secrets[0]: expires_at is not a time such as",
            "(l) secrets[0]: unknown member expires; there are [",
            "(m): 3 secrets are active; two may be",
            "client_id n is used twice",
            "clients[15]: client_id has to be text",
            "(o): client_secret_basic needs at least one entry in secrets",
            "(p): code_challenge_methods: s256 is neither S256 nor plain",
            "(q): redirect_uris has to be an array",
            "clients[19]: not a JSON object",
            "the file: unknown member more");
    assertThat(message).doesNotContain("kX7-plain-text-secret-0031");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                              | the file is empty
          {                               | not JSON
          []                              | the file: not a JSON object
          {"clients":{}}                  | the file: clients has to be an array
          {"clients":[]} {}               | not JSON
          {"clients":[],"clients":[]}     | member clients is repeated
          {"clients":[{"client_id":"a","client_id":"b"}]} | member client_id is repeated
          {"clients":[{"client_id":1}]}   | client_id has to be a string
          {"client":[]}                   | the file: unknown member client; there are [clients]
          """)
  void a_clients_file_that_is_none(String file, String problem) {
    String message = refusal(TestApp.bare().file("WEB-INF/clients.json", file));

    assertThat(message).contains("/WEB-INF/clients.json: ").contains(problem);
  }

  @Test
  void values_on_the_edge_are_fine() {
    TestApp app =
        TestApp.with(TestClients.all())
            .parameter("issuer", "http://localhost:8080")
            .parameter("publicUrl", "https://shop.example/oauth")
            .parameter("refreshGrace", "PT5M")
            .parameter("accessTokenLifetime", "PT5M1S")
            .parameter("codeLifetime", "PT10M")
            .parameter("refreshTokenLifetime", "P180D")
            .parameter("accessTokenFormat", "opaque")
            .parameter("trustedProxies", "10.0.0.0/8, ::1, 192.0.2.1/32")
            .parameter("allowedOrigins", "https://app.example,http://localhost:3000")
            .parameter("realm", "  ");
    Endpoint endpoint = endpoint("edge", () -> app);

    assertThat(assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH)).getInt("expires_in"))
        .isEqualTo(301);
  }

  @Test
  @DisplayName("system property of the filter, system property, JNDI, init-param: the first counts")
  void overrides() {
    UnaryOperator<TestApp> jndi =
        app ->
            app.xml(
                "<env-entry><env-entry-name>postern/realm</env-entry-name><env-entry-type>"
                    + "java.lang.String</env-entry-type><env-entry-value>by JNDI</env-entry-value>"
                    + "</env-entry>");

    assertThat(realm(UnaryOperator.identity())).isEqualTo("by init-param");
    assertThat(realm(jndi)).isEqualTo("by JNDI");
    Map<String, String> properties = new HashMap<>();
    UnaryOperator<TestApp> both = app -> jndi.apply(app).properties(Map.copyOf(properties));
    properties.put("postern.realm", "by property");
    properties.put("postern.other.realm", "of another filter");
    assertThat(realm(both)).isEqualTo("by property");
    properties.put("postern.token.realm", "by property of the filter");
    assertThat(realm(both)).isEqualTo("by property of the filter");
    properties.put("postern.token.realm", " ");
    assertThat(realm(both)).isEqualTo("by property");
    properties.put("postern.token.failureLimit", "many");
    assertThat(refusal(both.apply(TestApp.with(TestClients.all()))))
        .contains("failureLimit = many: ");
  }

  private String realm(UnaryOperator<TestApp> more) {
    TestApp app = TestApp.with(TestClients.all()).parameter("realm", "by init-param");
    try (Endpoint endpoint = running().alone(more.apply(app))) {
      Answer answer = endpoint.token("", "Authorization: Basic !");
      return answer
          .header("WWW-Authenticate")
          .orElseThrow()
          .replaceAll(".*realm=\"([^\"]*)\".*", "$1");
    }
  }

  @Test
  @DisplayName(
      "a clients file outside of the WAR is read anew when it changes; a bad one is refused")
  void clients_outside(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("clients.json");
    Files.writeString(file, clients("one"));
    TestApp app =
        TestApp.bare().parameter("failureLimit", "0").parameter("clients", file.toUri().toString());
    try (Endpoint endpoint = running().alone(app)) {
      assertThat(isKnown(endpoint, "one")).isTrue();
      assertThat(isKnown(endpoint, "two")).isFalse();

      Files.writeString(file, clients("one", "two"));
      await(endpoint, () -> isKnown(endpoint, "two"));
      assertThat(isKnown(endpoint, "one")).isTrue();

      int before = alarms("has changed and is refused").size();
      Files.writeString(file, "{\"clients\":[{\"client_id\":\"three\"},{\"clientid\":\"four\"}]}");
      await(
          endpoint,
          () -> {
            assertThat(isKnown(endpoint, "one") && isKnown(endpoint, "two")).isTrue();
            return alarms("has changed and is refused").size() > before;
          });
      assertThat(alarms("has changed and is refused"))
          .last()
          .asString()
          .contains("(three): grant_types names no grant type", "unknown member clientid");

      Files.delete(file);
      await(
          endpoint, () -> isKnown(endpoint, "one") && !alarms("cannot be read any more").isEmpty());

      Files.writeString(file, clients("two"));
      await(endpoint, () -> !isKnown(endpoint, "one"));
      assertThat(isKnown(endpoint, "two")).isTrue();
      endpoint.assertRefused(
          endpoint.token(CLIENT_CREDENTIALS, Endpoint.basic("one", "secret-of-one")),
          401,
          StandardReason.CLIENT_REFUSED,
          StandardReason.CLIENT_UNKNOWN);
    }
  }

  private static String clients(String... ids) {
    TestClients clients = TestClients.none();
    for (String id : ids) {
      clients.confidential(id, "secret-of-" + id, "", "client_credentials");
    }
    return clients.json();
  }

  private static boolean isKnown(Endpoint endpoint, String id) {
    return endpoint.token(CLIENT_CREDENTIALS, Endpoint.basic(id, "secret-of-" + id)).status()
        == 200;
  }

  private List<String> alarms(String text) {
    return running().log().lines().stream().filter(line -> line.contains(text)).toList();
  }

  private static void await(Endpoint endpoint, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      try (RawConnection idle = endpoint.http().open()) {
        idle.expectSilence(Duration.ofMillis(100));
      }
    }
  }

  /** The message of the start that was refused. */
  @Test
  void a_bearer_filter_tells_all_that_is_wrong_with_it() {
    String filter =
        BearerContract.filter(
            "api",
            "/api/*",
            "scop",
            "a",
            "scope",
            "a  b",
            "realm",
            "a\\b",
            "tokenFilter",
            "x",
            "cacheLifetime",
            "PT6M");

    assertThat(refusal(TestApp.with(TestClients.all()).stateless().xml(filter)).lines())
        .map(String::strip)
        .contains(
            "Postern cannot start, filter api of /shop/:",
            "init-param scop: no such setting; is it scope?",
            "scope = a  b: scopes with one space between them",
            "realm = a\\b: printable ASCII without quotes and backslashes",
            "tokenFilter = x: one of the TokenFilters [token]",
            "cacheLifetime = PT6M: an ISO 8601 duration of whole seconds up to PT5M, or 0");
  }

  @Test
  void a_bearer_filter_needs_one_token_filter() {
    String bearer = BearerContract.filter("api", "/api/*");

    assertThat(
            refusal(
                TestApp.with(TestClients.all()).stateless().xml(BearerContract.SECOND + bearer)))
        .contains("tokenFilter: which of the TokenFilters [second, token]");
    assertThat(
            refusal(TestApp.with(TestClients.all()).filter(TokenGuard.class).alone().xml(bearer)))
        .contains("there is no TokenFilter in this application");
  }

  private String refusal(TestApp app) {
    try (Webapp webapp = app.explode(running().launcher());
        Container container = running().launcher().start(app.deployment(webapp))) {
      return fail("it started: " + container.name());
    } catch (IllegalStateException e) {
      List<String> messages = new ArrayList<>();
      Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
          .forEach(cause -> messages.add(String.valueOf(cause.getMessage())));
      return messages.stream()
          .filter(message -> message.startsWith("Postern cannot start, "))
          .findFirst()
          .orElseThrow(() -> new AssertionError("another failure", e));
    }
  }
}
