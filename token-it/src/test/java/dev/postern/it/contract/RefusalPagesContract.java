package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Realm;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName(
    "Recent refusals are shown to one role, by the container's own login, and to nobody else")
abstract class RefusalPagesContract extends Contract {
  private static final String TRACES = "/shop/oauth/errors/traces/";
  private static final String ERRORS = "/shop/oauth/errors/";

  /** All pages that are for one role. */
  private static final List<String> PAGES =
      List.of(TRACES, ERRORS + "traces", TRACES + "x", ERRORS + "doctor", ERRORS + "dry-run");

  private static final String ALICE = basic(Realm.USER, Realm.PASSWORD);

  RefusalPagesContract(Running running) {
    super(running);
  }

  private Endpoint traced() {
    return endpoint(
        "traced", () -> TestApp.with(TestClients.all()).parameter("adminRole", Realm.ROLE));
  }

  @Test
  void the_wire_stays_public_while_the_page_shows_the_private_cause() {
    Answer refused = traced().token(CLIENT_CREDENTIALS, basic(TestClients.BATCH, "zqxguess-0123"));
    String id =
        traced().assertRefused(refused, 401, CLIENT_REFUSED, SECRET_MISMATCH).getString("trace_id");

    Answer list = traced().http().send("GET", TRACES + "?q=" + id, ALICE);
    Answer page = traced().http().send("GET", TRACES + id, ALICE);

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text()).contains(id, "TOK2102", "batch");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("TOK2102", "SECRET_MISMATCH", "batch", "TOK2000: the client could not be")
        .doesNotContain("zqxguess");
    assertThat(page.headers("Cache-Control")).contains("no-store");
    assertThat(page.header("Content-Security-Policy").orElse("")).startsWith("default-src 'none'");
  }

  @Test
  void a_refusal_is_found_by_the_id_of_its_caller_and_counted() {
    Answer refused =
        traced().token("grant_type=x&client_id=teller", "X-Correlation-ID: kX7-looked-up");
    String id = refused.json().getString("trace_id");

    String page = traced().http().send("GET", TRACES + "?q=kX7-looked-up", ALICE).text();
    assertThat(page).contains(id, "TOK2101", "?q=teller", "<td>1</td>", "<text x=\"20\"");

    String ofClient = traced().http().send("GET", TRACES + "?q=teller", ALICE).text();
    assertThat(ofClient).contains(id);
    assertThat(traced().http().send("GET", TRACES + "?q=kX7-looked", ALICE).text())
        .doesNotContain(id);
  }

  @ParameterizedTest
  @CsvSource({
    "caf\u00E9-desk, 'caf\\u00e9-desk'",
    "a<b>$c, 'a\\u003cb\\u003e\\u0024c'",
    "back\\slash, 'back\\u005cslash'"
  })
  @DisplayName("found by the client as it is called, and as the log has it")
  void a_client_of_which_the_log_escapes_something(String client, String escaped) {
    Answer refused = traced().token("grant_type=x&client_id=" + Endpoint.encode(client));
    String id = refused.json().getString("trace_id");

    for (String sought : List.of(client, escaped)) {
      String query = "?q=" + Endpoint.encode(sought);
      assertThat(traced().http().send("GET", TRACES + query, ALICE).text()).contains(id);
    }
  }

  @Test
  @DisplayName("the page says whether they are this server's or of all that share a database")
  void whose_they_are() {
    String page = traced().http().send("GET", TRACES, ALICE).text();

    assertThat(page)
        .contains(
            running().isInMemory()
                ? "kept in the memory of this server"
                : "all servers that share the database");
  }

  @Test
  void who_is_not_logged_in_is_asked_by_the_container() {
    for (String target : PAGES) {
      Answer answer = traced().send("GET", target);

      assertThat(answer.status()).as(target).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Basic realm=\"test\"");
      assertThat(answer.text()).doesNotContain("TOK");
      assertThat(traced().send("GET", target, basic(Realm.USER, "zqx-wrong-0123")).status())
          .as(target)
          .isEqualTo(401);
    }
    assertThat(traced().post(ERRORS + "dry-run", "form=x&request=y").status()).isEqualTo(401);
  }

  @Test
  @DisplayName("Jetty asks for another id of the session, which only an answer can bring")
  void credentials_beside_a_session() {
    UserAgent alice = UserAgent.ofAlice(traced());
    alice.get("/shop/session");
    assertThat(alice.cookies()).containsKey("JSESSIONID");

    assertThat(alice.get(TRACES).status()).isEqualTo(200);
  }

  @Test
  void a_realm_that_is_down() {
    Endpoint app =
        endpoint(
            "traced-realm-down",
            () ->
                TestApp.with(TestClients.all())
                    .realm(Realm.DOWN)
                    .parameter("adminRole", Realm.ROLE));
    for (String target : PAGES) {
      String id = "kX7-down" + target.replace('/', '-') + "-id";

      Answer page = app.http().send("GET", target, ALICE, "X-Correlation-ID: " + id);

      assertThat(page.status()).as(target).isEqualTo(503);
      assertThat(page.headers("Retry-After")).containsExactly("5");
      assertThat(page.headers("Cache-Control")).contains("no-store");
      assertThat(page.text())
          .contains("TOK9004: ", "style.css")
          .doesNotContain("Exception", "cannot be reached");
      assertThat(app.logLineWith(" correlation_id=" + id))
          .contains("cause=REALM_UNAVAILABLE ", " endpoint=\"/shop/\" ");
    }
  }

  @Test
  void another_role_is_not_enough() {
    Endpoint other =
        endpoint(
            "other-role", () -> TestApp.with(TestClients.all()).parameter("adminRole", "admin"));

    for (String target : PAGES) {
      Answer answer = other.http().send("GET", target, ALICE);

      assertThat(answer.status()).as(target).isEqualTo(403);
      assertThat(answer.text()).doesNotContain("TOK", "<form");
    }
    assertThat(other.http().postForm(ERRORS + "dry-run", "form=x&request=y", ALICE).status())
        .isEqualTo(403);
  }

  @Test
  void over_plain_http_from_elsewhere_nobody_is_asked_for_a_password() {
    for (String target : PAGES) {
      Answer answer = traced().http().send("GET", target, ALICE, "X-Forwarded-For: 203.0.113.9");

      assertThat(answer.status()).as(target).isEqualTo(403);
      assertThat(answer.headers("WWW-Authenticate")).isEmpty();
    }
  }

  @Test
  void without_the_setting_there_are_none() {
    for (String target : PAGES) {
      assertThat(shop().http().send("GET", target, ALICE).status()).as(target).isEqualTo(404);
      assertThat(shop().http().send("GET", target).headers("WWW-Authenticate")).isEmpty();
    }
  }

  @Test
  void hostile_input_shows_up_escaped() {
    traced().token("grant_type=x&client_id=%3Cscript%3Ezqx%22%27%26%0D%0A&client_secret=x");

    String list = traced().http().send("GET", TRACES, ALICE).text();

    assertThat(list).contains("zqx").doesNotContain("<script");
  }

  @Test
  void reading_is_all_that_can_be_done() {
    Answer answer = traced().http().postForm(TRACES, "", ALICE);

    assertThat(answer.status()).isEqualTo(405);
  }
}
