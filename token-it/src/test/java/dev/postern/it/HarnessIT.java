package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import dev.postern.it.database.Pool;
import dev.postern.it.probe.EchoFilter;
import dev.postern.it.probe.LoginServlet;
import dev.postern.it.probe.SourceServlet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The harness itself: that it starts, stops, sends and reads as the contract tests rely on. */
final class HarnessIT {
  private static final String ECHO =
      """
      <filter>
        <filter-name>echo</filter-name>
        <filter-class>dev.postern.it.probe.EchoFilter</filter-class>%s
      </filter>
      <filter-mapping><filter-name>echo</filter-name><url-pattern>/echo/*</url-pattern></filter-mapping>
      """;

  private static final String LOGIN =
      """
      <servlet>
        <servlet-name>login</servlet-name>
        <servlet-class>dev.postern.it.probe.LoginServlet</servlet-class>
      </servlet>
      <servlet-mapping><servlet-name>login</servlet-name><url-pattern>/login</url-pattern></servlet-mapping>
      <login-config><auth-method>BASIC</auth-method><realm-name>test</realm-name></login-config>
      <env-entry>
        <env-entry-name>postern/realm</env-entry-name>
        <env-entry-type>java.lang.String</env-entry-type>
        <env-entry-value>from JNDI</env-entry-value>
      </env-entry>
      """;

  private static final String SOURCE =
      """
      <servlet>
        <servlet-name>source</servlet-name>
        <servlet-class>dev.postern.it.probe.SourceServlet</servlet-class>
      </servlet>
      <servlet-mapping><servlet-name>source</servlet-name><url-pattern>/source</url-pattern></servlet-mapping>
      <resource-ref>
        <res-ref-name>jdbc/postern</res-ref-name>
        <res-type>javax.sql.DataSource</res-type>
        <res-auth>Container</res-auth>
      </resource-ref>
      """;

  @ParameterizedTest
  @EnumSource
  void serves_an_application_under_its_context_path(Containers containers) {
    try (Webapp webapp = echo();
        Container server = containers.start(Deployment.of(webapp).at("/shop"))) {
      Answer answer = RawHttp.to(server).postForm("/shop/echo/token", "a=%C3%A9");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).hasValue("application/json");
      assertThat(answer.json().getString("path")).isEqualTo("/shop/echo/token");
      assertThat(answer.json().getString("body")).isEqualTo("a=%C3%A9");
      assertThat(answer.json().getBoolean("secure")).isFalse();
      assertThat(server.uri()).hasToString("http://127.0.0.1:" + server.port() + "/shop");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_application_sees_its_own_jars_and_not_those_of_the_tests(Containers containers) {
    try (Webapp webapp = echo();
        Container server = containers.start(webapp)) {
      Answer answer = RawHttp.to(server).postForm("/echo", "");

      assertThat(answer.json().getString("json-from"))
          .contains(webapp.folder().resolve("WEB-INF/lib").toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_filter_that_refuses_to_start_tells_why(Containers containers) {
    String refuse =
        "<init-param><param-name>refuse</param-name><param-value>no such thing: x</param-value>"
            + "</init-param>";
    try (Webapp webapp = Webapp.containing(ECHO.formatted(refuse)).with(EchoFilter.class)) {
      assertThatThrownBy(() -> containers.start(webapp))
          .isInstanceOf(IllegalStateException.class)
          .hasStackTraceContaining("ServletException: no such thing: x");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_taken_port_is_refused(Containers containers) {
    try (Webapp webapp = echo();
        Container first = containers.start(webapp)) {
      assertThatThrownBy(() -> containers.start(Deployment.of(webapp).onPort(first.port())))
          .isInstanceOf(IllegalStateException.class)
          .hasStackTraceContaining("BindException");
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_realm_knows_alice(Containers containers) {
    try (Webapp webapp = login();
        Container server = containers.start(webapp)) {
      RawHttp http = RawHttp.to(server);

      assertThat(http.postForm("/login", "user=alice&password=wonderland").text())
          .isEqualTo("alice true");
      assertThat(http.postForm("/login", "user=alice&password=x").text()).startsWith("refused: ");
      assertThat(http.postForm("/login", "user=bob&password=wonderland").text())
          .startsWith("refused: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_realm_can_be_down(Containers containers) {
    try (Webapp webapp = login();
        Container server = containers.start(Deployment.of(webapp).with(Realm.DOWN))) {
      Answer answer = RawHttp.to(server).postForm("/login", "user=alice&password=wonderland");

      assertThat(answer.text()).endsWith("the realm's directory cannot be reached");
    }
  }

  @ParameterizedTest
  @EnumSource
  void jndi_works(Containers containers) {
    try (Webapp webapp = login();
        Container server = containers.start(webapp)) {
      Answer answer = RawHttp.to(server).send("GET", "/login?name=postern/realm");

      assertThat(answer.text()).isEqualTo("from JNDI");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_data_source_is_found_in_jndi(Containers containers) {
    Database database = Databases.H2.create();
    try (Pool pool = database.pool(2);
        Webapp webapp = Webapp.containing(SOURCE).with(SourceServlet.class);
        Container server =
            containers.start(Deployment.of(webapp).binding("jdbc/postern", pool.source()))) {
      RawHttp http = RawHttp.to(server);

      assertThat(http.send("GET", "/source?name=jdbc/postern").text()).isEqualTo("H2");
      assertThat(http.send("GET", "/source?name=jdbc/other").text())
          .isEqualTo("NameNotFoundException");
      assertThat(pool.lent()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tls_on_request(Containers containers) {
    try (Webapp webapp = echo();
        Container server = containers.start(Deployment.of(webapp).withTls())) {
      assertThat(RawHttp.overTls(server).postForm("/echo", "").json().getBoolean("secure"))
          .isTrue();
      assertThat(RawHttp.to(server).postForm("/echo", "").json().getBoolean("secure")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void pieces_pauses_half_close_and_keep_alive(Containers containers) {
    try (Webapp webapp = echo();
        Container server = containers.start(webapp);
        RawConnection connection = RawHttp.to(server).open()) {
      connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na");
      connection.expectSilence(Duration.ofMillis(50)).send("\r\n0\r\n\r\n");
      assertThat(connection.read().json().getString("body")).isEqualTo("a");

      connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nb").halfClose();
      assertThat(connection.read().json().getString("body")).isEqualTo("b");
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void log_lines_of_the_application_are_captured(Containers containers) {
    try (LogCapture log = LogCapture.start();
        Webapp webapp = echo();
        Container server = containers.start(webapp)) {
      RawHttp.to(server).postForm("/echo", "find-me");

      assertThat(log.recordWith("find-me").getLevel()).isEqualTo(Level.FINE);
      assertThat(log.lineWith("find-me")).isEqualTo("echo find-me");
      assertThat(log.everything()).contains("find-me");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_left_after_a_stop(Containers containers) throws Exception {
    containers.start(Webapp.sample()).close();
    Set<Thread> before = threads();
    Set<Path> files = files();
    try (Webapp webapp = login();
        Container server = containers.start(webapp)) {
      RawHttp.to(server).postForm("/login", "user=alice&password=wonderland");
    }

    Set<Thread> after = threads();
    after.removeAll(before);
    for (Thread thread : after) {
      thread.join(Duration.ofSeconds(5).toMillis());
    }
    assertThat(after).filteredOn(Thread::isAlive).isEmpty();
    assertThat(files()).isEqualTo(files);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: \u0001\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"
      })
  void sloppy_answers_are_not_read(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
  }

  @Test
  void a_chunked_answer_is_read() throws IOException {
    String head = "HTTP/1.1 400 Bad\r\nA: 1\r\na: 2\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunks = "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";

    Answer answer = read(head + chunks);

    assertThat(answer.text()).isEqualTo("abc");
    assertThat(answer.headers("A")).containsExactly("1", "2");
    assertThatThrownBy(() -> answer.header("A")).isInstanceOf(AssertionError.class);
    assertThat(answer.header("B")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{} {}", "[]", "", "{\"a\":1}x", "{\"a\":tru}"})
  void json_is_one_object_without_repeats(String body) throws IOException {
    Answer answer = read("HTTP/1.1 200 OK\r\n\r\n" + body);

    assertThatThrownBy(answer::json).isInstanceOf(AssertionError.class);
  }

  private static Webapp echo() {
    return Webapp.containing(ECHO.formatted("")).with(EchoFilter.class);
  }

  private static Webapp login() {
    return Webapp.containing(LOGIN).with(LoginServlet.class);
  }

  private static Answer read(String wire) throws IOException {
    byte[] bytes = wire.getBytes(StandardCharsets.ISO_8859_1);
    return new AnswerReader(new ByteArrayInputStream(bytes)).read();
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private static Set<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Folders.root())) {
      return new HashSet<>(files.toList());
    }
  }
}
