package dev.postern.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Api;
import dev.postern.it.Container;
import dev.postern.it.Deployment;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A token endpoint of Apache Oltu's, on Tomcat 9, without TokenGuard and with it")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OltuIT {
  private static final String SECRET = "kX7-of-the-legacy-endpoint-0043";
  private static final String GRANT = "grant_type=client_credentials";
  private static final String AS_BATCH = basic(SECRET);
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String ENDPOINT = OltuApp.at("/token");
  private static final String GUARD =
      """
      <filter>
        <filter-name>guard</filter-name><filter-class>dev.postern.servlet.TokenGuard</filter-class>
      </filter>
      <filter-mapping><filter-name>guard</filter-name><url-pattern>/token</url-pattern></filter-mapping>
      """;
  private static final String CLIENTS =
      "{\"clients\":[{\"client_id\":\"batch\",\"grant_types\":[\"client_credentials\"],"
          + "\"scope\":\"a b\",\"secrets\":[{\"hash\":\"%s\"}]}]}";

  private final List<AutoCloseable> running = new ArrayList<>();
  private RawHttp bare;
  private RawHttp guarded;

  /** What the endpoint alone answers with a token, and what becomes of it behind the guard. */
  private enum Hostile {
    A_BODY_OVER_THE_CAP(413, 1013, GRANT + "&" + "x=1234567&".repeat(7_000)),
    THOUSANDS_OF_PARAMETERS(400, 1016, GRANT + "&a=b".repeat(5_000)),
    A_SCOPE_OF_49_KILOBYTES(400, 1004, GRANT + "&scope=" + "a".repeat(49_000)),
    A_SCOPE_THAT_REPEATS(400, 1003, GRANT + "&scope=a&scope=b"),
    A_GRANT_TYPE_THAT_REPEATS(400, 1003, GRANT + "&grant_type=password"),
    AN_ODD_CHARSET(400, 1011, GRANT, FORM + ";charset=UTF-7"),
    A_BAD_ESCAPE(400, 1017, GRANT + "&scope=%zz"),
    OCTETS_THAT_ARE_NO_UTF_8(400, 1018, GRANT + "&scope=%FF%FE"),
    AN_OVERLONG_NUL(400, 1018, GRANT + "&scope=%C0%80"),
    A_NUL(400, 1019, GRANT + "&scope=a%00b"),
    A_SCOPE_OUT_OF_ITS_GRAMMAR(400, 6001, GRANT + "&scope=%22a%5C%0D%0A"),
    TWO_MECHANISMS(400, 1030, GRANT + "&client_id=batch&client_secret=" + SECRET);

    private final int status;
    private final int number;
    private final String form;
    private final String contentType;

    Hostile(int status, int number, String form) {
      this(status, number, form, FORM);
    }

    Hostile(int status, int number, String form, String contentType) {
      this.status = status;
      this.number = number;
      this.form = form;
      this.contentType = contentType;
    }

    Answer sentTo(RawHttp endpoint) {
      byte[] body = form.getBytes(StandardCharsets.US_ASCII);
      return endpoint.post("/token", List.of(contentType, AS_BATCH), body);
    }
  }

  @BeforeAll
  void start() {
    bare = start(ENDPOINT);
    guarded = start(GUARD + ENDPOINT);
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable each : running) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_endpoint_alone_issues_a_token(Hostile request) {
    Answer answer = request.sentTo(bare);

    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    assertThat(answer.json()).containsKey("access_token");
  }

  @ParameterizedTest
  @EnumSource
  void the_guard_refuses_it(Hostile request) {
    Answer answer = request.sentTo(guarded);

    assertRefused(answer, request.status, request.number);
  }

  @Test
  void the_secret_may_stand_in_the_query_without_a_guard() {
    String query = "/token?client_id=batch&client_secret=" + SECRET;

    assertThat(bare.postForm(query, GRANT).status()).isEqualTo(200);
    assertRefused(guarded.postForm(query, GRANT), 400, 1006);
  }

  @Test
  @DisplayName("a wrong secret gets no challenge without a guard")
  void a_wrong_secret() {
    Answer alone = bare.postForm("/token", GRANT, basic("wrong"));
    assertThat(alone.status()).isEqualTo(401);
    assertThat(alone.headers("WWW-Authenticate")).isEmpty();

    Answer answer = guarded.postForm("/token", GRANT, basic("wrong"));
    assertRefused(answer, 401, 2000);
    assertThat(answer.headers("WWW-Authenticate"))
        .containsExactly("Basic realm=\"token\", charset=\"UTF-8\"");
  }

  @Test
  void what_is_right_passes_and_is_kept_by_no_cache() {
    Answer alone = bare.postForm("/token", GRANT, AS_BATCH);
    assertThat(alone.status()).isEqualTo(200);
    assertThat(alone.headers("Cache-Control")).isEmpty();

    for (Answer answer :
        List.of(
            guarded.postForm("/token", GRANT + "&scope=a", AS_BATCH),
            guarded.postForm("/token", GRANT, AS_BATCH))) {
      assertThat(answer.status()).as(answer::toString).isEqualTo(200);
      assertThat(answer.json()).containsKey("access_token");
      assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    }
  }

  private static void assertRefused(Answer answer, int status, int number) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(status);
    assertThat(answer.json().getJsonArray("error_codes")).hasToString("[" + number + "]");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
  }

  private RawHttp start(String elements) {
    Webapp webapp =
        Webapp.containing(Api.JAVAX, elements)
            .with("WEB-INF/clients.json", CLIENTS.formatted(Sha256Secrets.hash(Secret.of(SECRET))))
            .with("up.txt", "up");
    running.add(0, webapp);
    OltuApp.addTo(webapp, Map.of("batch", List.of(SECRET)));
    Container server = OltuApp.SERVER.start(Deployment.of(webapp).readyAt("/up.txt"));
    running.add(0, server);
    return RawHttp.to(server);
  }

  private static String basic(String secret) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(("batch:" + secret).getBytes(StandardCharsets.UTF_8));
  }
}
