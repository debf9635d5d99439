package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Issue 4: all texts in resource bundles, so a language is one file")
class TranslationsTest {
  /** What has to be the same in every language. */
  private static final Pattern NAME = Pattern.compile("`[^`]+`|TOK\\d{4}|RFC \\d+( s[\\d.]+)?");

  /** S and t with a cedilla, as old keyboards had them: in Romanian it is a comma. */
  private static final Pattern CEDILLA = Pattern.compile("[\u015E\u015F\u0162\u0163]");

  private static TextFile english() throws IOException {
    return TextFile.read(ReasonTexts.class.getResource("reasons.properties"));
  }

  static List<Path> translations() throws IOException, URISyntaxException {
    URL english = ReasonTexts.class.getResource("reasons.properties");
    // The tests bring a language of their own, which is elsewhere.
    try (Stream<Path> files = Files.list(Path.of(english.toURI()).getParent())) {
      return files
          .filter(file -> file.getFileName().toString().matches("reasons_.+\\.properties"))
          .toList();
    }
  }

  @Test
  void there_is_Romanian() throws Exception {
    assertThat(translations())
        .map(file -> file.getFileName().toString())
        .contains("reasons_ro.properties");
  }

  @ParameterizedTest
  @MethodSource("translations")
  void has_the_keys_of_the_English_texts_and_a_title_for_each_number(Path file) throws IOException {
    Set<String> expected = new TreeSet<>(english().keys());
    for (StandardReason reason : StandardReason.values()) {
      expected.add(reason.number() + ".title");
    }

    TextFile translation = TextFile.read(file.toUri().toURL());

    assertThat(translation.keys()).doesNotHaveDuplicates();
    assertThat(translation.keys()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("translations")
  void keeps_no_English_text(Path file) throws IOException {
    TextFile english = english();
    TextFile translation = TextFile.read(file.toUri().toURL());

    List<String> kept = new ArrayList<>();
    for (String key : translation.keys()) {
      String text = translation.texts().getProperty(key);
      if (text.isBlank() || text.equals(english.texts().getProperty(key))) {
        kept.add(key);
      }
    }
    for (StandardReason reason : StandardReason.values()) {
      if (reason.text().equals(translation.texts().getProperty(reason.number() + ".title"))) {
        kept.add(reason.number() + ".title");
      }
    }

    assertThat(kept).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("translations")
  void keeps_every_name_and_every_cause(Path file) throws IOException {
    TextFile english = english();
    TextFile translation = TextFile.read(file.toUri().toURL());

    for (String key : english.keys()) {
      String text = translation.texts().getProperty(key, "");
      String original = english.texts().getProperty(key);
      assertThat(names(text)).as(key).isEqualTo(names(original));
      assertThat(text.split(" \\| ", -1)).as(key).hasSameSizeAs(original.split(" \\| ", -1));
    }
  }

  @ParameterizedTest
  @MethodSource("translations")
  void consists_of_sentences(Path file) throws IOException {
    TextFile translation = TextFile.read(file.toUri().toURL());

    for (String key : translation.keys()) {
      String text = translation.texts().getProperty(key);
      assertThat(text).as(key).isEqualTo(text.strip()).doesNotContain("  ");
      assertThat(CEDILLA.matcher(text).find()).as(key + " has a cedilla").isFalse();
      assertThat(text.endsWith(".")).as(key).isEqualTo(!key.endsWith(".title"));
    }
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    NAME.matcher(text).results().map(MatchResult::group).forEach(names::add);
    return names;
  }
}
