package dev.postern.it.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.it.Answer;
import dev.postern.it.Browser;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.LogCapture;
import dev.postern.it.Pkce;
import dev.postern.it.RawHttp;
import dev.postern.it.Realm;
import dev.postern.it.Webapp;
import dev.postern.it.demo.ShellLine;
import dev.postern.it.probe.LegacyTokenServlet;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** README.md says nothing that does not work. */
final class ReadmeIT {
  private static final String BATCH_SECRET = "Bls-o7OE3tCWua7cda8xtKWniaF0ass0pBtvs8E23p4";
  private static final String BATCH = basic("batch", BATCH_SECRET);
  private static final String REDIRECT_URI = "https://shop.example/callback";

  /** Below /app/ people log in; below /api/ clients bring their tokens. */
  private static final String PEOPLE =
      """
      <security-constraint>
        <web-resource-collection>
          <web-resource-name>people</web-resource-name>
          <url-pattern>%s</url-pattern>
        </web-resource-collection>
        <auth-constraint><role-name>user</role-name></auth-constraint>
      </security-constraint>
      <login-config><auth-method>BASIC</auth-method><realm-name>test</realm-name></login-config>
      <security-role><role-name>user</role-name></security-role>
      """;

  private static Readme readme;

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void read() throws Exception {
    readme = Readme.read();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void every_block_has_a_marker_that_this_test_knows() {
    assertThat(readme.blocks())
        .filteredOn(block -> block.name().isEmpty())
        .as("blocks without a marker <!-- snippet: NAME --> in the line before them")
        .isEmpty();
    assertThat(readme.blocks())
        .extracting(Readme.Block::name)
        .containsExactlyInAnyOrder(
            "build",
            "web-filter",
            "clients-file",
            "new-secret",
            "curl-token",
            "login",
            "issue-code",
            "check-token",
            "bearer-filter",
            "revoke",
            "open-constraint",
            "guard-filter",
            "refusal-answer",
            "refusal-log",
            "dry-run",
            "audit-log");
  }

  @Test
  void blocks_are_found_with_and_without_marker() {
    Readme other =
        Readme.of(List.of("<!-- snippet: a -->", "```sh", "one", "```", "", "~~~", "two", "~~~"));

    assertThat(other.blocks())
        .containsExactly(new Readme.Block("a", 2, "one\n"), new Readme.Block("", 6, "two\n"));
  }

  @Test
  void build() {
    List<String> commands =
        readme.snippet("build").lines().map(line -> line.replaceFirst(" *#.*", "")).toList();

    // DemoProcessIT runs what the one starts, and the other runs this.
    assertThat(commands).containsExactly("mvn -Pdemo", "mvn verify");
  }

  @Test
  void web_filter_and_clients_file_and_curl_token() throws Exception {
    Container server = start(Containers.jetty(), webapp("web-filter"));
    String line = readme.snippet("curl-token").strip();
    assertThat(line).contains("http://127.0.0.1:8080/oauth/token");

    ShellLine.Reply reply =
        ShellLine.run(line.replace(":8080/", ":" + server.port() + "/"), new HashMap<>());

    JsonObject tokens = json(reply.output());
    assertThat(tokens.getString("token_type")).isEqualTo("Bearer");
    assertThat(tokens.getInt("expires_in")).isEqualTo(600);
    assertThat(tokens.getString("scope")).isEqualTo("orders.read orders.write");
  }

  @ParameterizedTest
  @EnumSource
  void web_filter_passes_all_other_requests(Containers containers) throws Exception {
    Container server = start(containers, webapp("web-filter").with("hello.txt", "hello"));

    assertThat(RawHttp.to(server).send("GET", "/hello.txt").text()).isEqualTo("hello");
  }

  @Test
  void new_secret() throws Exception {
    String output = runJava(readme.snippet("new-secret").strip());
    Matcher printed = Pattern.compile("secret: (\\S+)\\s+hash: +(\\S+)\\s+").matcher(output);
    assertThat(printed.matches()).as(output).isTrue();

    String clients =
        readme
            .snippet("clients-file")
            .replaceFirst(
                "\"hash\": \"[^\"]+\"",
                Matcher.quoteReplacement("\"hash\": \"" + printed.group(2) + "\""));
    Webapp webapp = Webapp.containing(readme.snippet("web-filter"));
    Container server = start(Containers.jetty(), webapp.with("WEB-INF/clients.json", clients));

    assertThat(token(server, basic("batch", printed.group(1)), "").status()).isEqualTo(200);
    assertThat(token(server, BATCH, "").status()).isEqualTo(401);
  }

  @Test
  void dry_run(@TempDir Path folder) throws Exception {
    List<String> words = List.of(readme.snippet("dry-run").strip().split(" ", -1));
    assertThat(words).startsWith("java", "-jar", "token-servlet-0.1.0-SNAPSHOT-all.jar");
    assertThat(words).endsWith("<", "request.txt");
    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.writeString(folder.resolve("WEB-INF/clients.json"), readme.snippet("clients-file"));
    Path request =
        Files.writeString(folder.resolve("request.txt"), readme.snippet("curl-token").strip());

    List<String> command = new ArrayList<>(words.subList(0, words.size() - 2));
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.set(2, System.getProperty("postern.it.all"));
    Process java =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(request.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).as(output).isZero();
    assertThat(output).contains("15. ").doesNotContain("Bls-o7");
  }

  @ParameterizedTest
  @EnumSource
  void login(Containers containers) throws Exception {
    Webapp webapp =
        webapp("web-filter", readme.snippet("login")).with("login.html", "<h1>Who are you?</h1>");
    Container server = start(containers, webapp);
    Pkce pkce = Pkce.random();
    String request =
        "/oauth/authorize?response_type=code&client_id=shop-app&scope=orders.read&code_challenge="
            + pkce.challenge()
            + "&code_challenge_method=S256";

    Answer asked = RawHttp.to(server).send("GET", request);
    String session = asked.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    Answer in =
        RawHttp.to(server)
            .postForm(
                "/j_security_check",
                "j_username=" + Realm.USER + "&j_password=" + Realm.PASSWORD,
                "Cookie: " + session);
    String fresh = in.header("Set-Cookie").map(set -> set.split(";", 2)[0]).orElse(session);
    Answer page = RawHttp.to(server).send("GET", request, "Cookie: " + fresh);

    assertThat(page.text()).contains("May Shop in the browser act for you?", Realm.USER);
  }

  @ParameterizedTest
  @EnumSource
  void issue_code(Containers containers) throws Exception {
    Container server = start(containers, application("issue-code", "/app/approve"));
    Pkce pkce = Pkce.random();

    Answer answer = approve(server, REDIRECT_URI, pkce);

    Map<String, String> query = Browser.query(answer.header("Location").orElseThrow());
    assertThat(answer.header("Location").orElseThrow()).startsWith(REDIRECT_URI + "?");
    assertThat(query).containsEntry("state", "a & b");
    Answer tokens = redeem(server, query.get("code"), pkce);
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(tokens.json().containsKey("refresh_token")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void issue_code_redirects_nowhere_when_it_is_refused(Containers containers) throws Exception {
    Container server = start(containers, application("issue-code", "/app/approve"));

    Answer elsewhere = approve(server, "https://rival.example/callback", Pkce.random());
    Answer nothing = RawHttp.to(server).send("GET", "/app/approve", Browser.LOGIN);

    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(elsewhere.header("Location")).isEmpty();
    assertThat(elsewhere.text()).contains("TOK1050");
    assertThat(nothing.status()).isEqualTo(400);
    assertThat(nothing.header("Location")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void check_token(Containers containers) throws Exception {
    Container server = start(containers, application("check-token", "/api/orders"));
    String reader = accessToken(token(server, BATCH, "&scope=orders.read"));
    String writer = accessToken(token(server, BATCH, "&scope=orders.write"));

    Answer read = orders(server, reader);
    Answer written = orders(server, writer);
    Answer unknown = orders(server, "x");
    Answer none = RawHttp.to(server).send("GET", "/api/orders");

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.text()).startsWith("Orders of batch");
    assertThat(written.status()).isEqualTo(403);
    assertThat(written.header("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer ")
        .contains("error=\"insufficient_scope\"");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
  }

  @ParameterizedTest
  @EnumSource
  void bearer_filter(Containers containers) throws Exception {
    Webapp webapp =
        Webapp.containing(readme.snippet("bearer-filter") + readme.snippet("web-filter"))
            .with("WEB-INF/clients.json", readme.snippet("clients-file"))
            .with("api/orders/list.txt", "all orders");
    Container server = start(containers, webapp);
    String reader = accessToken(token(server, BATCH, "&scope=orders.read"));
    String writer = accessToken(token(server, BATCH, "&scope=orders.write"));
    RawHttp http = RawHttp.to(server);
    String list = "/api/orders/list.txt";

    assertThat(http.send("GET", list, "Authorization: Bearer " + reader).text())
        .isEqualTo("all orders");
    assertThat(http.send("GET", list, "Authorization: Bearer " + writer).status()).isEqualTo(403);
    assertThat(http.send("GET", list).header("WWW-Authenticate"))
        .hasValue("Bearer realm=\"resource\"");
  }

  @Test
  void every_init_param_of_the_bearer_filter_has_the_default_that_the_table_tells()
      throws Exception {
    StringBuilder told = new StringBuilder();
    StringBuilder made = new StringBuilder();
    for (List<String> row : readme.table("init-param")) {
      if (!row.get(1).equals("–")) {
        told.append(parameter(row.get(0), row.get(1)));
      }
      made.append(parameter(row.get(0), "no  such\\value"));
    }

    start(Containers.jetty(), withBearer(told.toString()));
    Webapp nonsense = withBearer(made + parameter("misspelt", "x"));
    open.add(nonsense);

    assertThatThrownBy(() -> Containers.jetty().start(nonsense))
        .satisfies(
            refusal ->
                assertThat(String.valueOf(root(refusal).getMessage()))
                    .contains("misspelt: no such", "scope = ", "tokenFilter = ", "realm = ")
                    .contains("cacheLifetime = ")
                    .doesNotContain("scope: no such setting", "rolePrefix: no such setting"));
  }

  private static Webapp withBearer(String parameters) {
    String filter =
        readme
            .snippet("bearer-filter")
            .replaceFirst("(?s)<init-param>.*</init-param>", Matcher.quoteReplacement(parameters));
    return webapp("web-filter", filter);
  }

  @ParameterizedTest
  @EnumSource
  void revoke(Containers containers) throws Exception {
    Webapp webapp =
        webapp(
            "web-filter",
            PEOPLE.formatted("/app/*"),
            servlet("issue-code", "/app/approve"),
            servlet("check-token", "/api/orders"),
            servlet("revoke", "/app/revoke"));
    for (String name : List.of("issue-code", "check-token", "revoke")) {
      JavaSnippet.addTo(webapp, name, readme.snippet(name));
    }
    Container server = start(containers, webapp);
    Pkce pkce = Pkce.random();
    String code =
        Browser.query(approve(server, REDIRECT_URI, pkce).header("Location").orElseThrow())
            .get("code");
    JsonObject ofAlice = redeem(server, code, pkce).json();
    String ofBatch = accessToken(token(server, BATCH, ""));
    String other = accessToken(token(server, BATCH, ""));

    Answer answer = RawHttp.to(server).postForm("/app/revoke", "token=" + ofBatch, Browser.LOGIN);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(orders(server, ofAlice.getString("access_token")).status()).isEqualTo(401);
    assertThat(orders(server, ofBatch).status()).isEqualTo(401);
    assertThat(orders(server, other).status()).isEqualTo(200);
    Answer refreshed =
        RawHttp.to(server)
            .postForm(
                "/oauth/token",
                "grant_type=refresh_token&client_id=shop-app&refresh_token="
                    + ofAlice.getString("refresh_token"));
    assertThat(refreshed.json().getString("error")).isEqualTo("invalid_grant");
  }

  @ParameterizedTest
  @EnumSource
  void open_constraint(Containers containers) throws Exception {
    Container server =
        start(
            containers,
            webapp("web-filter", readme.snippet("open-constraint"), PEOPLE.formatted("/*")));

    assertThat(token(server, BATCH, "").status()).isEqualTo(200);
    assertThat(RawHttp.to(server).send("GET", "/").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void without_open_constraint_the_container_answers_itself(Containers containers)
      throws Exception {
    Container server = start(containers, webapp("web-filter", PEOPLE.formatted("/*")));

    Answer answer = token(server, BATCH, "");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("realm=\"test\"");
  }

  @ParameterizedTest
  @EnumSource
  void guard_filter(Containers containers) throws Exception {
    Webapp webapp =
        webapp(
                "guard-filter",
                """
                <servlet>
                  <servlet-name>legacy</servlet-name>
                  <servlet-class>dev.postern.it.probe.LegacyTokenServlet</servlet-class>
                </servlet>
                <servlet-mapping>
                  <servlet-name>legacy</servlet-name><url-pattern>/legacy/token</url-pattern>
                </servlet-mapping>
                """)
            .with(LegacyTokenServlet.class);
    RawHttp http = RawHttp.to(start(containers, webapp));

    Answer right = http.postForm("/legacy/token", "grant_type=client_credentials", BATCH);
    Answer wrong =
        http.postForm("/legacy/token", "grant_type=client_credentials", basic("batch", "guess"));

    assertThat(right.json().getString("grant_type")).isEqualTo("client_credentials");
    assertThat(right.json().getString("principal")).isEqualTo("batch");
    assertThat(right.header("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.json().getString("error")).isEqualTo("invalid_client");
  }

  @Test
  void refusal_answer() throws Exception {
    Container server = start(Containers.jetty(), webapp("web-filter"));
    String[] shown = readme.snippet("refusal-answer").split("\n\n", 2);

    Answer answer = token(server, basic("batch", "guess"), "");

    for (String line : shown[0].lines().toList()) {
      if (line.startsWith("HTTP/1.1 ")) {
        assertThat(line).startsWith("HTTP/1.1 " + answer.status());
      } else {
        String[] header = line.split(": ", 2);
        assertThat(answer.header(header[0])).hasValue(header[1]);
      }
    }
    JsonObject told = json(shown[1]);
    assertThat(answer.json().keySet()).containsExactlyElementsOf(told.keySet());
    for (String constant : List.of("error", "error_description", "error_codes")) {
      assertThat(answer.json().get(constant)).isEqualTo(told.get(constant));
    }
    assertThat(told.getString("timestamp")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  void refusal_log() throws Exception {
    assertThat(loggedOfExpiredSecret("dev.postern.refusal"))
        .isEqualTo(masked(readme.snippet("refusal-log")));
  }

  @Test
  void audit_log() throws Exception {
    assertThat(loggedOfExpiredSecret("dev.postern.audit").replace(",", ", ").replace(",  ", ", "))
        .isEqualTo(masked(readme.snippet("audit-log")).replace(",", ", ").replace(",  ", ", "));
  }

  private String loggedOfExpiredSecret(String logger) throws Exception {
    String clients =
        readme
            .snippet("clients-file")
            .replaceFirst(
                "\"name\": \"2026\"",
                "\"name\": \"2025\", \"expires_at\": \"2026-01-01T00:00:00Z\"");
    Webapp webapp =
        Webapp.containing(
                readme
                    .snippet("web-filter")
                    .replaceFirst("<init-param>", parameter("auditLog", "true") + "$0"))
            .with("WEB-INF/clients.json", clients);
    try (LogCapture log = LogCapture.of(logger)) {
      Container server = start(Containers.jetty(), webapp);
      String trace = token(server, BATCH, "").json().getString("trace_id");

      return masked(log.lineWith(trace));
    }
  }

  @Test
  void every_setting_has_the_default_that_the_table_tells() throws Exception {
    Map<String, String> all = new HashMap<>();
    for (List<String> row : readme.table("setting")) {
      for (String name : row.get(0).split(", ", -1)) {
        all.put(name, row.get(1));
      }
    }
    String told =
        all.entrySet().stream()
            .filter(setting -> !setting.getValue().equals("–"))
            .map(setting -> parameter(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining());
    String made =
        all.keySet().stream()
            .map(name -> parameter(name, "no such value\""))
            .collect(Collectors.joining());

    start(Containers.jetty(), withParameters(told));
    Webapp nonsense = withParameters(made + parameter("misspelt", "x"));
    open.add(nonsense);

    // Each is known, and has values that make no sense: all are told at once.
    assertThatThrownBy(() -> Containers.jetty().start(nonsense))
        .satisfies(
            refusal -> {
              String message = String.valueOf(root(refusal).getMessage());
              assertThat(message).contains("misspelt: no such setting");
              for (String name : all.keySet()) {
                assertThat(message).doesNotContain(name + ": no such setting");
              }
            });
  }

  private static Throwable root(Throwable thrown) {
    return thrown.getCause() == null ? thrown : root(thrown.getCause());
  }

  private Webapp withParameters(String parameters) {
    String filter =
        readme
            .snippet("web-filter")
            .replaceFirst("(?s)<init-param>.*</init-param>", Matcher.quoteReplacement(parameters));
    return Webapp.containing(filter).with("WEB-INF/clients.json", readme.snippet("clients-file"));
  }

  private static String parameter(String name, String value) {
    return "<init-param><param-name>"
        + name
        + "</param-name><param-value>"
        + value
        + "</param-value></init-param>";
  }

  /** A log line, its ids and addresses aside. */
  private static String masked(String line) {
    return line.replaceAll("\\s+", " ")
        .replaceAll("(trace_id|correlation_id)=\\S+", "$1=")
        .replaceAll("source=\"[^\"]*\"", "source=")
        .replaceAll("(endpoint\"?[=:]\")[^\"]*(/oauth)", "$1$2")
        .replaceAll("(\"(trace_id|correlation_id|at|source)\":)\"[^\"]*\"", "$1")
        .strip();
  }

  private static String runJava(String command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    assertThat(words).startsWith("java", "-jar");
    words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Process java =
        new ProcessBuilder(words)
            .directory(Path.of(System.getProperty("postern.it.core")).getParent().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(output).isZero();
    return output;
  }

  private static Webapp webapp(String filter, String... more) {
    return Webapp.containing(readme.snippet(filter) + String.join("", more))
        .with("WEB-INF/clients.json", readme.snippet("clients-file"));
  }

  private static Webapp application(String snippet, String path) {
    Webapp webapp = webapp("web-filter", PEOPLE.formatted("/app/*"), servlet(snippet, path));
    JavaSnippet.addTo(webapp, snippet, readme.snippet(snippet));
    return webapp;
  }

  private static String servlet(String snippet, String path) {
    return """
    <servlet>
      <servlet-name>%1$s</servlet-name><servlet-class>readme.%2$s</servlet-class>
    </servlet>
    <servlet-mapping>
      <servlet-name>%1$s</servlet-name><url-pattern>%3$s</url-pattern>
    </servlet-mapping>
    """
        .formatted(snippet, snippet.replace('-', '_'), path);
  }

  private Container start(Containers containers, Webapp webapp) {
    open.add(webapp);
    Container server = containers.start(webapp);
    open.add(0, server);
    return server;
  }

  private static Answer approve(Container server, String redirectUri, Pkce pkce) {
    Map<String, String> asked =
        Map.of(
            "client_id", "shop-app",
            "redirect_uri", redirectUri,
            "scope", "orders.read",
            "state", "a & b",
            "code_challenge", pkce.challenge(),
            "code_challenge_method", "S256");
    return RawHttp.to(server).send("GET", "/app/approve?" + Browser.form(asked), Browser.LOGIN);
  }

  private static Answer redeem(Container server, String code, Pkce pkce) {
    return RawHttp.to(server)
        .postForm(
            "/oauth/token",
            Browser.form(
                Map.of(
                    "grant_type",
                    "authorization_code",
                    "client_id",
                    "shop-app",
                    "code",
                    code,
                    "redirect_uri",
                    REDIRECT_URI,
                    "code_verifier",
                    pkce.verifier())));
  }

  private static Answer token(Container server, String authorization, String more) {
    return RawHttp.to(server)
        .postForm("/oauth/token", "grant_type=client_credentials" + more, authorization);
  }

  private static String accessToken(Answer answer) {
    return answer.json().getString("access_token");
  }

  private static Answer orders(Container server, String token) {
    return RawHttp.to(server).send("GET", "/api/orders", "Authorization: Bearer " + token);
  }

  private static String basic(String id, String secret) {
    byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
