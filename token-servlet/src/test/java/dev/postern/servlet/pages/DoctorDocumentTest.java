package dev.postern.servlet.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.servlet.doctor.Finding;
import dev.postern.servlet.doctor.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/doctor.md} and the pages of the doctor, from one source. */
class DoctorDocumentTest {
  private static final String WRITE =
      "mvn -pl token-servlet test -Dtest=DoctorDocumentTest -Ddoctor.write=true";
  private static final Path DOCUMENT = Path.of("..", "docs", "doctor.md");
  private static final Texts TEXTS = Texts.english();

  @Test
  void the_document_says_what_the_pages_say() throws IOException {
    String made = document();
    if (Boolean.getBoolean("doctor.write")) {
      Files.writeString(DOCUMENT, made, UTF_8);
    }

    assertThat(DOCUMENT).as("to make it anew: " + WRITE).hasContent(made);
  }

  private static String document() {
    StringBuilder text = new StringBuilder("# The doctor\n\nMade from the code; do not edit. ");
    text.append("To make it anew: `").append(WRITE).append("`\n\n");
    text.append(
        """
        At deployment, or when a request first shows it, each finding is a line of the log, as `TOK10004 CONSTRAINT_BEFORE: the security-constraint on /* covers \
        /oauth/token, /oauth/introspect, /oauth/revoke (filter oauth of /shop/)`. With `adminRole` set, `/oauth/errors/doctor` shows what holds at the \
        moment. Annotations, fragments and \
        filters that are added by code are not seen.
        """);
    for (FindingKind kind : FindingKind.values()) {
      text.append("\n## ").append(kind.label()).append(' ').append(kind.name()).append("\n\n");
      text.append(TEXTS.finding(kind.number() + ".title")).append(". (");
      text.append(TEXTS.finding(kind.severity().name()).toLowerCase(java.util.Locale.ROOT));
      text.append(")\n\n- What it means: ").append(TEXTS.finding(kind.number() + ".means"));
      text.append("\n- What to do: ").append(TEXTS.finding(kind.number() + ".todo")).append('\n');
    }
    return text.toString();
  }

  @Test
  void each_number_has_its_texts_in_each_language_and_nothing_else_has_any() {
    Set<Object> expected = new TreeSet<>(Set.of("title", "text", "means", "NOTE", "WARNING"));
    for (FindingKind kind : FindingKind.values()) {
      for (String about : List.of("title", "means", "todo")) {
        expected.add(kind.number() + "." + about);
      }
    }
    Properties english = Texts.read("findings.properties");
    Properties romanian = Texts.read("findings_ro.properties");

    assertThat(new TreeSet<>(english.keySet())).isEqualTo(expected);
    assertThat(new TreeSet<>(romanian.keySet())).isEqualTo(expected);
    assertThat(romanian.entrySet()).doesNotContainAnyElementsOf(english.entrySet());
  }

  @ParameterizedTest
  @EnumSource
  void each_number_has_a_page(FindingKind kind) throws Exception {
    for (String language : List.of("en", "ro")) {
      Page page =
          new TroubleshootingPages().find(new PageRequest("/" + kind.number(), language, "", ""));

      assertThat(page.kind()).isEqualTo(Page.Kind.FOUND);
      assertThat(page.text()).contains(kind.label(), kind.name());
      TroubleshootingPagesTest.assertSound(TroubleshootingPagesTest.parse(page), language);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ro"})
  @DisplayName("the list of findings shows what they are about, escaped")
  void list(String language) throws Exception {
    Page page =
        DoctorPage.of(
            new PageRequest("/doctor", language, "", ""),
            List.of(new Finding(FindingKind.SECRET_EXPIRES, "client <b>x</b>")));

    assertThat(page.text())
        .contains(
            "TOK10031", "href=\"10031?lang=" + language + "\"", "client &lt;b&gt;x&lt;/b&gt;");
    TroubleshootingPagesTest.assertSound(TroubleshootingPagesTest.parse(page), language);
  }
}
