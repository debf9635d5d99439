package dev.postern.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/errors.md} is made here, of {@link StandardReason} and its texts. */
class ErrorsDocumentTest {
  private static final String WRITE =
      "mvn -pl token-core test -Dtest=ErrorsDocumentTest -Derrors.write=true";

  private static final Path PAGE = Path.of("..", "docs", "errors.md");

  private static final ReasonTexts TEXTS = ReasonTexts.in(Locale.ENGLISH);

  private static final Pattern LABEL = Pattern.compile("TOK\\d{4}");

  /** A name that is the same in every language, or the label of another number. */
  private static final Pattern NAME = Pattern.compile("`[^`]+`|" + LABEL.pattern());

  /** What Markdown would take for its own. */
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*<\\[&|]");

  @Test
  void the_page_says_what_the_code_says() throws IOException {
    String made = page();
    if (Boolean.getBoolean("errors.write")) {
      Files.writeString(PAGE, made, UTF_8);
    }

    assertThat(PAGE).as("to make the page: " + WRITE).exists();
    List<String> is = Files.readAllLines(PAGE, UTF_8);
    List<String> should = made.lines().toList();
    int line = Arrays.mismatch(is.toArray(), should.toArray());
    if (line >= 0) {
      fail(
          "docs/errors.md is not what the code says; line %d should be: %s%nTo make it anew: %s",
          line + 1, line < should.size() ? should.get(line) : "gone", WRITE);
    }
  }

  @Test
  void each_number_has_its_texts_and_nothing_else_has_any() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (StandardReason reason : StandardReason.values()) {
      for (String about : List.of("cause", "likely", "developer", "administrator")) {
        expected.add(reason.number() + "." + about);
      }
      if (!TEXTS.when(reason).isEmpty()) {
        expected.add(reason.number() + ".when");
      }
    }

    List<String> keys = keys();

    assertThat(keys).as("keys of reasons.properties").doesNotHaveDuplicates();
    assertThat(keys).as("keys of reasons.properties").containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource(StandardReason.class)
  void texts_are_sentences_of_printable_characters(StandardReason reason) {
    assertThat(TEXTS.likely(reason)).as(reason.label()).isNotEmpty();
    for (String text : all(reason)) {
      assertThat(text).as(reason.label()).isNotBlank().isEqualTo(text.strip()).endsWith(".");
      assertThat(text).as(reason.label()).doesNotContain("  ");
      assertThat(text.codePoints().filter(c -> !isPrintable(c)).mapToObj(Integer::toHexString))
          .as(reason.label() + ": code points that cannot be printed")
          .isEmpty();
      assertThat(text.chars().filter(c -> c == '`').count() % 2)
          .as(reason.label() + ": backticks in pairs: " + text)
          .isZero();
    }
  }

  private static List<String> all(StandardReason reason) {
    List<String> all = new ArrayList<>(TEXTS.likely(reason));
    all.addAll(List.of(TEXTS.cause(reason), TEXTS.developer(reason), TEXTS.administrator(reason)));
    if (!TEXTS.when(reason).isEmpty()) {
      all.add(TEXTS.when(reason));
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource(StandardReason.class)
  void other_reasons_that_a_text_leads_to_exist(StandardReason reason) {
    Set<String> labels = new TreeSet<>();
    Arrays.stream(StandardReason.values()).forEach(known -> labels.add(known.label()));

    Stream<String> named =
        all(reason).stream()
            .flatMap(text -> LABEL.matcher(text).results())
            .map(result -> result.group());

    assertThat(named).allMatch(labels::contains);
  }

  @Test
  void what_is_not_translated_is_told_in_English_whatever_the_server_speaks() {
    Locale before = Locale.getDefault();
    try {
      // The tests bring two sentences in Esperanto.
      Locale.setDefault(Locale.forLanguageTag("eo"));

      ReasonTexts esperanto = ReasonTexts.in(Locale.forLanguageTag("eo"));
      ReasonTexts english = ReasonTexts.in(Locale.UK);
      ReasonTexts welsh = ReasonTexts.in(Locale.forLanguageTag("cy"));

      StandardReason reason = StandardReason.PARAMETER_REPEATED;
      assertThat(esperanto.cause(reason))
          .isEqualTo("Parametro aperas pli ol unufoje: ĝi estu unu.");
      assertThat(esperanto.developer(reason)).isEqualTo(TEXTS.developer(reason));
      assertThat(esperanto.title(reason)).isEqualTo(reason.text());
      assertThat(english.cause(reason)).isEqualTo(TEXTS.cause(reason)).startsWith("The ");
      assertThat(welsh.cause(reason)).isEqualTo(TEXTS.cause(reason));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void a_reason_of_an_application_has_no_texts() {
    Reason reason = new OwnReason(20001);

    assertThat(TEXTS.title(reason)).isEqualTo("our own rule");
    assertThat(TEXTS.cause(reason)).isEmpty();
    assertThat(TEXTS.likely(reason)).isEmpty();
    assertThat(TEXTS.when(reason)).isEmpty();
    assertThat(TEXTS.developer(reason)).isEmpty();
    assertThat(TEXTS.administrator(reason)).isEmpty();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** The keys as they stand in the file, repeated ones too. */
  private static List<String> keys() throws IOException {
    return TextFile.read(ReasonTexts.class.getResource("reasons.properties")).keys();
  }

  private static String page() {
    StringBuilder page = new StringBuilder(beginning());
    for (ErrorCode code : ErrorCode.values()) {
      append(page, code.wire(), "", reason -> reason.code() == code && !isPrivate(reason));
      append(
          page,
          code.wire() + ": private causes",
          """
          The client is told another number, which is named below. Of these, only the log speaks. What \
          is for the client's developer is yours to pass on, once you know who asks.

          """,
          reason -> reason.code() == code && isPrivate(reason));
    }
    return page.toString();
  }

  private static String beginning() {
    Refusal example = Refusal.of(StandardReason.PARAMETER_REPEATED, "scope");
    return """
    # Errors

    Made from the code; do not edit. To make it anew: `%s`

    ## How to read an answer

    ```json
    {
      "error": "%s",
      "error_description": "%s",
      "error_uri": "https://shop.example/oauth/errors/%d",
      "error_codes": [%d],
      "timestamp": "2026-11-22 14:00:00Z",
      "trace_id": "...",
      "correlation_id": "..."
    }
    ```

    - `error_uri` is a page of your own server that says what stands here, in English or Romanian, with an \
    example of a request that is refused and one that works. Beside it, `errors/` lists all numbers.
    - `error` is the word of RFC 6749 s5.2 that the client's program goes by.
    - `error_description` begins with the label of the reason, %s: look for it on this page. After \
    the last colon stands what it is about, if anything: the parameter, or the mechanisms that were \
    used at once. `error_codes` has the same number for programs. A number never changes its meaning.
    - `trace_id` leads the administrator to the one line in the server's log that belongs to this \
    answer. It has the private cause, which the answer leaves out where it could help an attacker: \
    %s may stand there where the client was told %s. It has the endpoint and the caller's address \
    too, and the detail, if there is one.
    - `correlation_id` is the one that the caller sent (`client-request-id`, `X-Correlation-ID`, or the trace-id of a W3C `traceparent`), if it sent one.

    Who develops a client and is stuck sends `trace_id` and `timestamp` to the administrator, and \
    never a secret, a code or a token. Texts that speak of "your application" mean the one in whose \
    WAR Postern runs. Numbers from 20000 on are that application's own.
    """
        .formatted(
            WRITE,
            example.reason().code().wire(),
            example.description(),
            example.reason().number(),
            example.reason().number(),
            markdown(example.reason().label()),
            markdown(StandardReason.SECRET_MISMATCH.label()),
            markdown(StandardReason.SECRET_MISMATCH.face().label()));
  }

  private static void append(
      StringBuilder page, String title, String remark, Predicate<StandardReason> isHere) {
    List<StandardReason> reasons = Arrays.stream(StandardReason.values()).filter(isHere).toList();
    if (!reasons.isEmpty()) {
      page.append("\n## ").append(title).append("\n\n").append(remark);
      page.append(String.join("\n", reasons.stream().map(ErrorsDocumentTest::described).toList()));
    }
  }

  private static String described(StandardReason reason) {
    return """
    ### %s

    %s

    - Rule: %s; check `%s`
    - What happened: %s
    - Mostly: %s
    - For the client's developer: %s
    - For the administrator: %s
    """
        .formatted(
            heading(reason),
            told(reason),
            reason.section(),
            reason.check(),
            markdown(TEXTS.cause(reason)),
            markdown(numbered(TEXTS.likely(reason))),
            markdown(TEXTS.developer(reason)),
            markdown(TEXTS.administrator(reason)));
  }

  private static String numbered(List<String> causes) {
    StringBuilder numbered = new StringBuilder();
    for (int i = 0; i < causes.size(); i++) {
      String number = causes.size() == 1 ? "" : "(%d) ".formatted(i + 1);
      numbered.append(i == 0 ? "" : " ").append(number).append(causes.get(i));
    }
    return numbered.toString();
  }

  private static String heading(Reason reason) {
    return reason.label() + " " + reason.name();
  }

  private static String told(StandardReason reason) {
    return isPrivate(reason)
        ? "In the log: %s. The client sees %s: %s"
            .formatted(quoted(reason), markdown(reason.face().label()), quoted(reason.face()))
        : quoted(reason);
  }

  private static String quoted(Reason reason) {
    return "\"" + escaped(reason.text()) + "\"";
  }

  private static boolean isPrivate(Reason reason) {
    return reason.face() != reason;
  }

  /** The same text for Markdown: names as code, all else to be read as it stands. */
  private static String markdown(String text) {
    StringBuilder markdown = new StringBuilder();
    int end = 0;
    for (var name : NAME.matcher(text).results().toList()) {
      markdown.append(escaped(text.substring(end, name.start())));
      markdown.append(link(name.group()).orElse(name.group()));
      end = name.end();
    }
    return markdown.append(escaped(text.substring(end))).toString();
  }

  /** Where {@code label} leads to, if it is one. */
  private static Optional<String> link(String label) {
    return Arrays.stream(StandardReason.values())
        .filter(reason -> reason.label().equals(label))
        .findFirst()
        .map(reason -> "[%s](#%s)".formatted(label, anchor(reason)));
  }

  /** As it is made of a heading: in lower case, with hyphens for blanks. */
  private static String anchor(Reason reason) {
    return heading(reason).toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String escaped(String text) {
    return MARKUP.matcher(text).replaceAll(found -> "\\\\\\" + found.group());
  }

  /** As an application would bring one. */
  private record OwnReason(int number) implements Reason {
    @Override
    public String name() {
      return "OWN";
    }

    @Override
    public ErrorCode code() {
      return ErrorCode.INVALID_REQUEST;
    }

    @Override
    public Check check() {
      return Check.GRANT;
    }

    @Override
    public String section() {
      return "";
    }

    @Override
    public String text() {
      return "our own rule";
    }
  }
}
