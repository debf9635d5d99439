package dev.postern.servlet.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Check;
import dev.postern.core.DryRun.Outlook;
import dev.postern.core.RecentRefusals;
import dev.postern.core.Refusal;
import dev.postern.core.RefusalSummary;
import dev.postern.core.RefusalSummary.Reach;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.memory.MemoryRefusals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
    "Issue 4: a page shows a refusal: time, client, address, checks, private cause, what to do")
class RefusalPagesTest {
  private static final RefusalPages PAGES = new RefusalPages();
  private static final RefusedEvent EXPIRED =
      event("2026-11-22T14:00:07Z", "t-1", StandardReason.SECRET_EXPIRED, "batch");
  private static final RefusedEvent REPEATED =
      event("2026-11-21T23:59:59Z", "t-2", StandardReason.PARAMETER_REPEATED, "shop");
  private static final RefusedEvent HOSTILE =
      event("2026-11-21T10:00:00Z", "t-3", StandardReason.CLIENT_UNKNOWN, "<script>&'\"");
  private static final List<RefusedEvent> RECENT = List.of(EXPIRED, REPEATED, HOSTILE);

  private static RefusedEvent event(String at, String id, StandardReason reason, String client) {
    Refusal refusal = new Refusal(reason, "", "the detail of " + id);
    return new RefusedEvent(
        Instant.parse(at), id, "c-" + id, refusal, client, "192.0.2.7", "/shop/oauth/token");
  }

  /** The page of one refusal, for {@code reason} at {@code endpoint}. */
  private static Page page(StandardReason reason, String endpoint) {
    MemoryRefusals memory = new MemoryRefusals(Duration.ofDays(7), 10, () -> Instant.EPOCH);
    Refusal refusal = Refusal.of(reason);
    memory.add(new RefusedEvent(Instant.EPOCH, "t-4", "c", refusal, "", "192.0.2.7", endpoint));
    return PAGES.find(new PageRequest("/traces/t-4", "", "", ""), memory);
  }

  private static Page page(String path, String language, String search) {
    return page(path, language, search, Reach.THIS_NODE, 0);
  }

  private static Page page(String path, String language, String search, Reach reach, long dropped) {
    return PAGES.find(new PageRequest(path, language, "", search), recent(reach, dropped));
  }

  /** As they are kept in memory, but for where they are said to be of. */
  private static RecentRefusals recent(Reach reach, long dropped) {
    MemoryRefusals memory =
        new MemoryRefusals(Duration.ofDays(7), 10, () -> Instant.parse("2026-11-22T15:00:00Z"));
    for (int i = RECENT.size() - 1; i >= 0; i--) {
      memory.add(RECENT.get(i));
    }
    return new RecentRefusals() {
      @Override
      public void add(RefusedEvent event) {
        memory.add(event);
      }

      @Override
      public RefusalSummary summary(String asked) {
        return memory.summary(asked).within(reach);
      }

      @Override
      public Optional<RefusedEvent> find(String traceId) {
        return memory.find(traceId);
      }

      @Override
      public long dropped() {
        return dropped;
      }
    };
  }

  /** One page of each kind. */
  static List<Page> all(String language) {
    return List.of(
        page("/traces/", language, ""),
        page("/traces/", language, "batch"),
        page("/traces/", language, "nothing"),
        page("/traces/", language, "", Reach.ALL_NODES, 0),
        page("/traces/", language, "", Reach.THIS_NODE_FOR_NOW, 7),
        page("/traces/t-1", language, ""),
        page("/traces/gone", language, ""),
        PAGES.forbidden(new PageRequest("/traces/", language, "", "")),
        PAGES.refused(
            new PageRequest("/traces/", language, "", ""), StandardReason.REALM_UNAVAILABLE),
        dryRun(language).form(),
        dryRun(language).said("dry.stale"),
        dryRun(language).said("dry.often"),
        dryRun(language).unread(Refusal.of(StandardReason.NUL_CHARACTER)),
        dryRun(language).said("dry.unreadable"),
        dryRun(language).said("dry.variable"),
        dryRun(language).said("dry.neighbour"),
        dryRun(language).result(Outlook.refused(Refusal.of(StandardReason.CODE_SPENT))),
        dryRun(language).result(new Outlook(Optional.empty(), Set.of(Check.CLIENT))));
  }

  private static DryRunPage dryRun(String language) {
    return new DryRunPage(new PageRequest("/dry-run", language, "", ""), "form-token");
  }

  @Test
  void a_refusal_as_a_whole() throws Exception {
    String text =
        TroubleshootingPagesTest.parse(page("/traces/t-1", "en", ""))
            .getDocumentElement()
            .getTextContent();

    assertThat(text)
        .contains(
            "2026-11-22 14:00:07Z",
            "batch",
            "192.0.2.7",
            "/shop/oauth/token",
            "t-1",
            "c-t-1",
            "SECRET_EXPIRED")
        .contains("TOK2000: the client could not be authenticated", "the detail of t-1")
        .contains("Make a new secret")
        .contains("The client authenticates in exactly one way: passed")
        .contains("The client is who it says it is: failed")
        .contains("The scope is allowed: not reached");
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/oauth/token, true",
    "/login, true",
    "/shop/oauth/authorize, false",
    "/shop/oauth/introspect, false",
    "/shop/oauth/revoke, false",
    "/shop/, false",
    "/, false"
  })
  @DisplayName(
      "what a request was checked for is told of the token endpoint, whose checks they are")
  void checks_of_the_token_endpoint(String endpoint, boolean areTold) {
    String text = page(StandardReason.STORE_UNAVAILABLE, endpoint).text();

    assertThat(text).contains("<code translate=\"no\">" + endpoint + "</code>");
    assertThat(text.contains("How far it came")).isEqualTo(areTold);
    assertThat(text.contains("The method is POST")).isEqualTo(areTold);
  }

  @Test
  @DisplayName("the page of a number is not below traces/")
  void links_to_numbers() {
    for (StandardReason reason : StandardReason.values()) {
      assertThat(page(reason, "/").text()).doesNotContainPattern("href=\"\\d");
    }
    assertThat(page(StandardReason.CLIENT_REFUSED, "/").text())
        .contains("<a href=\"../2101\">TOK2101</a>");
  }

  @ParameterizedTest
  @CsvSource({
    "t-2, t-2",
    "c-t-2, t-2",
    "TOK1003, t-2",
    "tok1003, t-2",
    "1003, t-2",
    "shop, t-2",
    "' batch ', t-1",
    "2103, t-1"
  })
  void the_list_by_id_number_or_client(String search, String id) {
    assertThat(page("/traces/", "en", search).text())
        .contains("traces/" + id + "?lang=en")
        .satisfies(
            text ->
                RECENT.stream()
                    .filter(event -> !event.traceId().equals(id))
                    .forEach(event -> assertThat(text).doesNotContain(event.traceId() + "?")));
  }

  @Test
  void counts_by_number_and_client_and_per_day() {
    assertThat(page("/traces/", "en", "").text())
        .contains("<text x=\"20\" y=\"12\">2</text>", ">11-21</text>", ">11-22</text>")
        .contains("q=TOK1003", "q=batch", "q=%3Cscript%3E%26%27%22");
  }

  @Test
  void it_says_whose_they_are_and_how_many_are_not_shown() {
    assertThat(page("/traces/", "en", "").text())
        .contains("kept in the memory of this server")
        .doesNotContain("other servers");
    assertThat(page("/traces/", "en", "", Reach.ALL_NODES, 0).text())
        .contains("all servers that share the database")
        .doesNotContain("too many at once");
    assertThat(page("/traces/", "en", "", Reach.THIS_NODE_FOR_NOW, 12).text())
        .contains("The database is away", "or the database was away: 12.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ro"})
  void each_page_is_sound_and_what_is_hostile_is_escaped(String language) throws Exception {
    for (Page page : all(language)) {
      TroubleshootingPagesTest.assertSound(TroubleshootingPagesTest.parse(page), language);
      assertThat(page.text()).doesNotContain("<script");
    }
    assertThat(page("/traces/", language, "").text()).contains("&lt;script&gt;&amp;&#39;&quot;");
  }

  @Test
  void nothing_of_the_request_is_written() {
    for (Page page :
        List.of(page("/traces/zqxHOSTILE", "zqxHOSTILE", ""), page("/traces/", "", "zqxHOSTILE"))) {
      assertThat(page.text()).doesNotContain("HOSTILE");
    }
  }

  @Test
  void what_is_gone_and_what_is_forbidden() {
    assertThat(page("/traces/gone", "en", "").kind()).isEqualTo(Page.Kind.MISSING);
    assertThat(PAGES.forbidden(new PageRequest("/traces", "", "", "")).kind())
        .isEqualTo(Page.Kind.FORBIDDEN);
    assertThat(PAGES.forbidden(new PageRequest("/doctor", "", "", "")).text())
        .contains("href=\"style.css\"")
        .doesNotContain("../");
  }

  @Test
  void every_check_has_a_text_in_every_language() {
    for (Texts texts : Languages.found().all()) {
      for (Check check : Check.values()) {
        assertThat(texts.get("check." + check)).isNotBlank();
      }
    }
  }
}
