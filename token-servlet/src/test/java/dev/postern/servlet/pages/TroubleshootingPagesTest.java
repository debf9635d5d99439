package dev.postern.servlet.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.DryRun.Outlook;
import dev.postern.core.ReasonTexts;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@DisplayName("Issue 4: one page per number and an index with a search, in each language")
class TroubleshootingPagesTest {
  private static final TroubleshootingPages PAGES = new TroubleshootingPages();
  private static final List<String> LANGUAGES =
      Languages.found().all().stream().map(Texts::language).toList();

  /** What nobody translates. */
  private static final Set<String> SAME_IN_ALL = Set.of("trace.id", "trace.correlation");

  private static Page page(String path, String language) {
    return PAGES.find(new PageRequest(path, language, "", ""));
  }

  private static Page search(String words, String language) {
    return PAGES.find(new PageRequest("/", language, "", words));
  }

  static Stream<Arguments> every_number() {
    return LANGUAGES.stream()
        .flatMap(
            language ->
                Stream.of(StandardReason.values()).map(reason -> Arguments.of(language, reason)));
  }

  @ParameterizedTest
  @MethodSource("every_number")
  void every_number_has_a_page_with_all_its_texts(String language, StandardReason reason)
      throws Exception {
    Page page = page("/" + reason.number(), language);
    ReasonTexts texts = ReasonTexts.in(Locale.forLanguageTag(language));

    assertThat(page.kind()).isEqualTo(Page.Kind.FOUND);
    assertThat(page.language()).isEqualTo(language);
    Document document = parse(page);
    String text = document.getDocumentElement().getTextContent();
    assertThat(text)
        .contains(reason.label(), reason.name(), reason.code().wire(), reason.section())
        .contains(reason.face().label() + ": " + reason.face().text())
        .containsIgnoringCase(texts.title(reason))
        .contains(plain(texts.cause(reason)))
        .contains(plain(texts.developer(reason)))
        .contains(plain(texts.administrator(reason)))
        .contains(plain(texts.when(reason)))
        .contains(texts.likely(reason).stream().map(TroubleshootingPagesTest::plain).toList())
        .doesNotContain("`")
        .doesNotContainPattern("\\{[a-z-]+}");
    assertThat(elements(document, "pre"))
        .hasSize(2)
        .allMatch(request -> request.getTextContent().matches("(?s)(GET|POST) /.*Host: .*"));
    assertSound(document, language);
  }

  static List<String> languages() {
    return LANGUAGES;
  }

  @ParameterizedTest
  @MethodSource("languages")
  void the_index_leads_to_every_page(String language) throws Exception {
    Document document = parse(page("/", language));

    Set<String> links = new TreeSet<>();
    elements(document, "a").forEach(link -> links.add(link.getAttribute("href")));
    for (StandardReason reason : StandardReason.values()) {
      assertThat(links).contains(reason.number() + "?lang=" + language);
    }
    assertSound(document, language);
  }

  @Test
  void what_hides_private_causes_lists_them_and_they_lead_back() throws Exception {
    Document face = parse(page("/2000", "en"));
    Document cause = parse(page("/2103", "en"));

    List<String> links = elements(face, "a").stream().map(a -> a.getAttribute("href")).toList();
    for (int number = 2101; number <= 2110; number++) {
      assertThat(links).contains(number + "?lang=en");
    }
    assertThat(elements(cause, "p").get(0).getTextContent())
        .isEqualTo("Only the log says this number. The client is told TOK2000.");
  }

  @ParameterizedTest
  @CsvSource({
    "'', errors/style.css, errors/",
    "/, style.css, ./",
    "/1003, style.css, ./",
    "/1003/, ../style.css, ../",
    "/a/b/c, ../../style.css, ../../"
  })
  void links_are_relative_so_that_a_proxy_may_rename_paths(String path, String style, String index)
      throws Exception {
    Document document = parse(page(path, ""));

    assertThat(elements(document, "link").get(0).getAttribute("href")).isEqualTo(style);
    assertThat(elements(document, "a").get(1).getAttribute("href")).isEqualTo(index);
    assertThat(elements(document, "a"))
        .map(link -> link.getAttribute("href"))
        .noneMatch(link -> link.startsWith("/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | en",
        "ro                          | ro",
        "ro-RO                       | ro",
        "RO-md, en;q=0.9             | ro",
        "de, ro;q=0.8, en;q=0.5      | ro",
        "en;q=0.5, ro;q=0.8          | ro",
        "ro;q=0.5, en;q=0.8          | en",
        "en-GB, ro                   | en",
        "de-DE, fr                   | en",
        "ro;q=0                      | en",
        "*                           | en",
        "de, *;q=0.5                 | en",
        ";;;,,                       | en",
        "ro;q=x                      | en",
        "-                           | en",
        "ro,-;q=0.5                  | en",
        "zqxHOSTILE                  | en"
      })
  void the_browser_says_which_language_it_prefers(String header, String language) {
    assertThat(PAGES.find(new PageRequest("/1003", "", header, "")).language()).isEqualTo(language);
  }

  @Test
  void a_header_without_end_is_not_read() {
    String header = "de,".repeat(10_000) + "ro";

    assertThat(PAGES.find(new PageRequest("/1003", "", header, "")).language()).isEqualTo("en");
  }

  @Test
  void the_chosen_language_stays_and_the_other_is_a_link() throws Exception {
    Document chosen = parse(page("/1003", "ro"));
    Document preferred = parse(PAGES.find(new PageRequest("/1003", "", "ro", "")));

    assertThat(elements(chosen, "nav").get(0).getTextContent())
        .contains("English", "Rom\u00E2n\u0103");
    assertThat(hrefs(chosen)).contains("1003?lang=en", "./?lang=ro").doesNotContain("./");
    assertThat(hrefs(preferred)).contains("1003?lang=en", "./").doesNotContain("./?lang=ro");
  }

  private static List<String> hrefs(Document document) {
    return elements(document, "a").stream().map(link -> link.getAttribute("href")).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | 1003                          | 1003",
        "en | TOK1003                       | 1003",
        "en | tok 2103                      | 2103",
        "en | SECRET_EXPIRED                | 2103",
        "en | unsupported_grant_type        | 5001",
        "en | 10003                         | 10003",
        "en | TOK10003                      | 10003",
        "en | tok 10003                     | 10003",
        "en | tok10003                      | 10003",
        "en | FILTER_SHADOWED               | 10003",
        "en | clocks ntp                    | 10023",
        "en | 100030                        | ",
        "ro | 10031                         | 10031",
        "ro | ceasurile difera              | 10023",
        "en | zqx newline                   | ",
        "en | expires secret                | 2103",
        "en | secret expired                | 2103",
        "en | redirect_uri slash            | 3105",
        "ro | expirat secret                | 2103",
        "ro | EXPIRAT Re\u00CEmprospatare   | 3202",
        "ro | redirectionare slash          | 1001",
        "ro | reimprospatare familie        | 3203",
        "ro | secret zqx                    | "
      })
  void a_search_by_number_code_or_words(String language, String words, Integer number)
      throws Exception {
    List<String> found = found(search(words, language));

    if (number == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).contains(number + "?lang=" + language);
    }
  }

  @Test
  void numbers_in_a_whole_answer_or_a_line_of_the_log() throws Exception {
    String line =
        "refused number=TOK2103 cause=SECRET_EXPIRED told=TOK2000 error=invalid_client 1003";
    String answer =
        "{\"error\":\"invalid_client\",\"error_description\":\"TOK2000: the client could not be"
            + " authenticated\",\"error_codes\":[2000],\"timestamp\":\"2026-11-22 14:00:00Z\"}";

    assertThat(found(search(line, "en"))).containsExactly("2103?lang=en", "2000?lang=en");
    assertThat(found(search(answer, "en"))).containsExactly("2000?lang=en");
    assertThat(found(search("WARNING: TOK10021 DATABASE_UNAVAILABLE: TOK9001 at 5432", "en")))
        .containsExactly("10021?lang=en", "9001?lang=en");
  }

  @Test
  void what_is_in_the_title_comes_first() throws Exception {
    assertThat(found(search("expired", "en"))).startsWith("2103?lang=en");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zqxHOSTILE",
        "<script>zqxHOSTILE</script>",
        "\"'><zqxHOSTILE",
        "zqxHOSTILE TOK1003",
        "\u202EzqxHOSTILE\u0000"
      })
  void nothing_of_a_request_is_ever_written(String hostile) throws Exception {
    List<Page> pages =
        List.of(
            search(hostile, "en"),
            search(hostile, hostile),
            page("/" + hostile, hostile),
            PAGES.find(new PageRequest("/" + hostile, hostile, hostile, hostile)));

    for (Page page : pages) {
      assertThat(page.text()).doesNotContain("HOSTILE").doesNotContain("<script");
      parse(page);
    }
  }

  @Test
  void a_search_without_end_ends() {
    assertThat(search("a ".repeat(1_000_000), "en").text()).contains("TOK");
    assertThat(search("\u0301".repeat(100_000), "en").kind()).isEqualTo(Page.Kind.FOUND);
  }

  @Test
  void the_found_languages_are_those_of_both_bundles() {
    List<String> ofReasons =
        Stream.of(Locale.getISOLanguages())
            .filter(
                code -> ReasonTexts.class.getResource("reasons_" + code + ".properties") != null)
            .toList();

    assertThat(LANGUAGES).startsWith("en").contains("ro");
    assertThat(LANGUAGES.subList(1, LANGUAGES.size())).isEqualTo(ofReasons);
  }

  @Test
  void every_language_has_every_text_of_the_pages_and_keeps_none_of_English() {
    Properties english = Texts.read("pages.properties");
    for (String language : LANGUAGES.subList(1, LANGUAGES.size())) {
      Properties texts = Texts.read("pages_" + language + ".properties");

      assertThat(texts.keySet()).isEqualTo(english.keySet());
      List<String> kept = new ArrayList<>();
      texts.forEach(
          (key, text) -> {
            if (text.equals(english.get(key)) && !SAME_IN_ALL.contains((String) key)) {
              kept.add((String) key);
            }
          });
      assertThat(kept).isEmpty();
    }
  }

  @Test
  void every_text_of_the_pages_is_used() throws Exception {
    Properties english = Texts.read("pages.properties");
    StringBuilder all = new StringBuilder();
    for (Page page :
        List.of(
            page("/", ""),
            page("/2000", ""),
            page("/2101", ""),
            page("/x", ""),
            search("zqx", "en"))) {
      all.append(page.text());
    }
    RefusalPagesTest.all("en").forEach(page -> all.append(page.text()));
    AuthorizationPagesTest.all("en").forEach(page -> all.append(page.text()));
    DryRunText command = new DryRunText("en");
    Outlook refused = Outlook.refused(Refusal.of(StandardReason.CODE_SPENT));
    all.append(command.undecided(refused));
    all.append(command.result(refused));

    assertThat(english.values())
        .allMatch(text -> all.toString().contains(((String) text).replace("'", "&#39;")));
  }

  @Test
  void every_example_begins_with_a_request_line() {
    Examples examples = new Examples();
    for (StandardReason reason : StandardReason.values()) {
      for (String example : List.of(examples.refused(reason), examples.works(reason))) {
        assertThat(example.lines().toList().get(0))
            .as(reason.label())
            .matches(
                "(GET|POST) /oauth/[a-z]+/?(\\?\\S+)? HTTP/1\\.1|GET /orders(\\?\\S+)? HTTP/1\\.1");
      }
    }
  }

  @Test
  void every_example_that_is_written_is_used() {
    Properties examples = Texts.read("examples.properties");
    Set<String> numbers = new TreeSet<>();
    Stream.of(StandardReason.values()).forEach(r -> numbers.add(Integer.toString(r.number())));
    String all = String.join("\n", examples.values().stream().map(String::valueOf).toList());

    for (Object key : examples.keySet()) {
      String name = (String) key;
      if (name.matches("\\d.*")) {
        assertThat(name).matches("\\d{4}\\.(refused|works)");
        assertThat(numbers).contains(name.substring(0, 4));
      } else if (!name.equals("request")) {
        assertThat(all).contains("{" + name + "}");
      }
    }
  }

  /** What holds for each page: one h1, no level of headings left out, labels, no script. */
  static void assertSound(Document document, String language) {
    Element html = document.getDocumentElement();
    assertThat(html.getAttribute("lang")).isEqualTo(language);
    assertThat(elements(document, "h1")).hasSize(1);
    assertThat(elements(document, "main")).hasSize(1);
    assertThat(elements(document, "title").get(0).getTextContent()).endsWith("Postern");
    int level = 0;
    for (Element element : elements(document, "*")) {
      if (element.getTagName().matches("h[1-6]")) {
        int next = element.getTagName().charAt(1) - '0';
        assertThat(next).as(element.getTextContent()).isLessThanOrEqualTo(level + 1);
        level = next;
      }
      assertThat(element.getTagName()).isNotIn("script", "style", "iframe", "object", "img");
      assertThat(element.hasAttribute("style")).isFalse();
    }
    for (Element input : elements(document, "input")) {
      if (!input.getAttribute("type").equals("hidden")) {
        assertThat(elements(document, "label"))
            .anyMatch(label -> label.getAttribute("for").equals(input.getAttribute("id")));
        assertThat(input.hasAttribute("value")).isFalse();
      }
    }
    assertThat(elements(document, "a").get(0).getAttribute("href")).isEqualTo("#content");
  }

  private static List<String> found(Page page) throws Exception {
    return elements(parse(page), "ul").stream()
        .filter(list -> list.getAttribute("class").equals("numbers"))
        .flatMap(list -> nodes(list.getElementsByTagName("a")))
        .map(link -> link.getAttribute("href"))
        .toList();
  }

  static Document parse(Page page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    DocumentBuilder builder = factory.newDocumentBuilder();
    return builder.parse(new InputSource(new StringReader(page.text())));
  }

  private static List<Element> elements(Document document, String name) {
    return nodes(document.getElementsByTagName(name)).toList();
  }

  private static Stream<Element> nodes(NodeList list) {
    return IntStream.range(0, list.getLength()).mapToObj(i -> (Element) list.item(i));
  }

  private static String plain(String marked) {
    return marked.replace("`", "");
  }
}
