package dev.postern.servlet.request;

import static dev.postern.core.StandardReason.NUL_CHARACTER;
import static dev.postern.core.StandardReason.PERCENT_ENCODING_INVALID;
import static dev.postern.core.StandardReason.TOO_MANY_PARAMETERS;
import static dev.postern.core.StandardReason.UTF8_INVALID;
import static dev.postern.servlet.Outcomes.passed;
import static dev.postern.servlet.Outcomes.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.Reason;
import dev.postern.core.StandardReason;
import dev.postern.servlet.Rfc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-B")
@DisplayName("RFC 6749 appendix B: use of application/x-www-form-urlencoded")
class FormDecoderTest {
  private static Outcome<Form> decode(String body) {
    return decode(body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Outcome<Form> decode(byte[] octets) {
    return FormDecoder.decode(octets, octets.length);
  }

  private static String written(Form form) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < form.size(); i++) {
      pairs.add("[" + form.name(i) + "|" + form.value(i) + "]");
    }
    return String.join("", pairs);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      value = {
        "a=b -> [a|b]",
        "a=b&c=d -> [a|b][c|d]",
        "a=b&a=c -> [a|b][a|c]",
        "a=b&a=b -> [a|b][a|b]",
        "a= -> [a|]",
        "a -> [a|]",
        "=b -> [|b]",
        "= -> [|]",
        "a=b=c -> [a|b=c]",
        "a== -> [a|=]",
        "&a=b -> [a|b]",
        "a=b& -> [a|b]",
        "a=b&&c=d -> [a|b][c|d]",
        "a=b;c=d -> [a|b;c=d]",
        "a=1+2 -> [a|1 2]",
        "a=1%2B2 -> [a|1+2]",
        "a=1%2b2 -> [a|1+2]",
        "a+b=c -> [a b|c]",
        "%61=%62 -> [a|b]",
        "a%3Db=c%26d -> [a=b|c&d]",
        "a=%25%32%35 -> [a|%25]",
        "a=%C3%BC -> [a|ü]",
        "a=%E2%82%AC -> [a|€]",
        "a=%F0%9F%98%80 -> [a|😀]",
        "a=%F4%8F%BF%BF -> [a|\uDBFF\uDFFF]",
        "a=%EF%BF%BF -> [a|\uFFFF]",
        "a=%EF%BB%BFb -> [a|\uFEFFb]",
        "a=%E2%80%AE -> [a|\u202E]",
        "a=%01%1F%7F -> [a|\u0001\u001F\u007F]",
        "A=b&a=c -> [A|b][a|c]",
        "a[]=b -> [a[]|b]",
        "a=~*-._!'()@:/?, -> [a|~*-._!'()@:/?,]",
      })
  void pairs_as_they_came(String body, String form) {
    assertThat(written(passed(decode(body)))).isEqualTo(form);
  }

  @Test
  void other_control_characters_are_left_to_the_grammar_of_the_parameter() {
    assertThat(passed(decode("a=%0D%0A+%09")).value(0)).isEqualTo("\r\n \t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "&&&&"})
  void nothing_in_it(String body) {
    assertThat(passed(decode(body)).size()).isZero();
  }

  @Test
  void octets_beyond_the_length_are_none_of_the_body() {
    byte[] octets = "a=b&c=%zz\0".getBytes(StandardCharsets.US_ASCII);

    assertThat(written(passed(FormDecoder.decode(octets, 3)))).isEqualTo("[a|b]");
  }

  @Test
  void utf8_may_stand_there_unescaped() {
    assertThat(written(passed(decode("ü=€😀".getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo("[ü|€😀]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "a=%",
        "a=%4",
        "a=%&b=41",
        "a=%4&b=c",
        "a=%zz",
        "a=%4g",
        "a=%g4",
        "a=%%41",
        "a=% 41",
        "a=%+41",
        "a=%-1",
        "a=%+1",
        "a=%u0041",
        "a=%\u00B2\u00B2",
        "%=b",
        "%zz=b",
        "a=b&%zz",
        "a=%0",
        "a=x%C3%B"
      })
  void a_percent_sign_needs_two_hex_digits(String body) {
    assertThat(reason(decode(body))).isEqualTo(PERCENT_ENCODING_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%00",
        "a=b%00",
        "%00=b",
        "a%00b=c",
        "a=\0",
        "\0",
        "a=b&c=%00",
        "a=%C3%BC%00",
        // The NUL comes before the octet that is no UTF-8, and before the bad escape.
        "a=%00%FF",
        "a=%00%zz"
      })
  void no_nul(String body) {
    assertThat(reason(decode(body))).isEqualTo(NUL_CHARACTER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A continuation alone, a start alone, a start cut short by the end of the value.
        "a=%80",
        "a=%BF",
        "a=%C3",
        "a=%C3&b=%BC",
        "a=%C3=%BC",
        "a=%E2%82",
        "a=%F0%9F%98",
        "a=%C3b",
        // Overlong: /, NUL, <, the euro sign.
        "a=%C0%AF",
        "a=%C0%80",
        "a=%E0%80%80",
        "a=%E0%80%BC",
        "a=%F0%82%82%AC",
        // Surrogates, alone and as a pair (CESU-8), and beyond Unicode.
        "a=%ED%A0%80",
        "a=%ED%BF%BF",
        "a=%ED%A0%BD%ED%B8%80",
        "a=%F4%90%80%80",
        "a=%F8%88%80%80%80",
        "a=%FE",
        "a=%FF",
        // ISO 8859-1, escaped or not, and in a name.
        "a=%FC",
        "a=\u00FC",
        "%FC=b",
        "\u00FC",
        // UTF-16 with its mark.
        "a=%FF%FEa"
      })
  void strict_utf8(String body) {
    assertThat(reason(decode(body))).isEqualTo(UTF8_INVALID);
  }

  @Test
  void as_many_as_64_parameters() {
    assertThat(passed(decode("a=b&".repeat(64))).size()).isEqualTo(64);
    assertThat(passed(decode("&&a=b&&".repeat(64))).size()).isEqualTo(64);
    assertThat(reason(decode("a=b&".repeat(65)))).isEqualTo(TOO_MANY_PARAMETERS);
    assertThat(reason(decode("=&".repeat(65)))).isEqualTo(TOO_MANY_PARAMETERS);
    assertThat(reason(decode("a&".repeat(64) + "a"))).isEqualTo(TOO_MANY_PARAMETERS);
  }

  @Test
  @DisplayName("D2: refused by count before anything of them is looked at")
  void counted_first() {
    assertThat(reason(decode("%zz=%00&".repeat(100_000)))).isEqualTo(TOO_MANY_PARAMETERS);
  }

  @Test
  @DisplayName("D3: what costs most within 64 KB, a thousand times")
  void worst_cases_are_linear() {
    List<String> worst =
        List.of(
            "a=" + "%41".repeat(21_800),
            "a=" + "+".repeat(65_000),
            "a=" + "%C3%BC".repeat(10_900),
            "a=" + "%F0%9F%98%80".repeat(5_400) + "%FF",
            "&".repeat(65_536),
            "=".repeat(65_536),
            "&=".repeat(32_768),
            ("%61".repeat(340) + "&").repeat(64),
            "a".repeat(65_536),
            "%".repeat(65_536));
    for (int i = 0; i < 100; i++) {
      for (String body : worst) {
        assertThat(decode(body)).isNotNull();
      }
    }
  }

  @Property
  void what_is_encoded_is_decoded_to_the_same(@ForAll("forms") List<String> pairs) {
    Form form = Form.of(pairs.toArray(String[]::new));

    assertThat(written(passed(decode(FormEncoder.encode(form))))).isEqualTo(written(form));
  }

  @Property
  void any_character_survives(@ForAll("texts") String text) {
    assertThat(passed(FormDecoder.decode(FormEncoder.encode(text)))).isEqualTo(text);
  }

  @Property(tries = 5_000)
  void any_octets_are_a_form_or_are_refused(@ForAll @Size(max = 200) byte[] octets) {
    assertSettled(decode(octets));
  }

  @Property(tries = 5_000)
  void any_octets_that_look_like_a_form_are_one_or_are_refused(@ForAll("nearlyForms") String body) {
    assertSettled(decode(body));
  }

  private static void assertSettled(Outcome<Form> outcome) {
    Set<Reason> declared =
        Set.of(PERCENT_ENCODING_INVALID, NUL_CHARACTER, UTF8_INVALID, TOO_MANY_PARAMETERS);
    if (outcome instanceof Outcome.Passed<Form> form) {
      assertThat(written(form.value())).doesNotContain("\0", "\uFFFD");
    } else {
      assertThat(declared).contains(reason(outcome));
    }
  }

  /**
   * Where both accept. By intent Nimbus accepts more: see {@link #where_nimbus_is_more_lenient}.
   */
  @Property
  void nimbus_reads_well_formed_pairs_alike(@ForAll("forms") List<String> pairs) {
    Form form = Form.of(pairs.toArray(String[]::new));
    String body = new String(FormEncoder.encode(form), StandardCharsets.US_ASCII);

    assertThat(byName(passed(decode(body)))).isEqualTo(URLUtils.parseParameters(body));
  }

  @Property
  void nimbus_reads_pairs_written_in_other_ways_alike(@ForAll("looseForms") String body) {
    assertThat(byName(passed(decode(body)))).isEqualTo(URLUtils.parseParameters(body));
  }

  /** A pair that we refuse, Nimbus leaves out or repairs; so the rest of the body still counts. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a=b&c=%zz, PERCENT_ENCODING_INVALID, {a=[b]}",
        "a=b&c=%, PERCENT_ENCODING_INVALID, {a=[b]}",
        "a=b&%zz=c, PERCENT_ENCODING_INVALID, {a=[b]}",
        "a=b&c=%FF, UTF8_INVALID, `{a=[b], c=[\uFFFD]}`",
        "a=b&c=%C0%AF, UTF8_INVALID, `{a=[b], c=[\uFFFD\uFFFD]}`",
        // The JDK takes a sign for a hex digit.
        "a=b&c=%+4, PERCENT_ENCODING_INVALID, `{a=[b], c=[\u0004]}`",
        "a=b&c=%00, NUL_CHARACTER, `{a=[b], c=[\0]}`",
      })
  void where_nimbus_is_more_lenient(String body, StandardReason ours, String nimbus) {
    assertThat(reason(decode(body))).isEqualTo(ours);
    assertThat(URLUtils.parseParameters(body)).hasToString(nimbus);
  }

  private static Map<String, List<String>> byName(Form form) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (int i = 0; i < form.size(); i++) {
      byName.put(form.name(i), form.all(form.name(i)));
    }
    return byName;
  }

  @Provide
  Arbitrary<String> texts() {
    return text(60);
  }

  @Provide
  Arbitrary<List<String>> forms() {
    Arbitrary<String> name = Arbitraries.oneOf(text(12), Arbitraries.of("scope", "a", "b"));
    return name.filter(text -> !text.isEmpty())
        .list()
        .ofMaxSize(10)
        .flatMap(
            names ->
                text(40)
                    .list()
                    .ofSize(names.size())
                    .map(
                        values -> {
                          List<String> pairs = new ArrayList<>();
                          for (int i = 0; i < names.size(); i++) {
                            pairs.addAll(List.of(names.get(i), values.get(i)));
                          }
                          return pairs;
                        }));
  }

  /** Any Unicode without NUL. */
  private static Arbitrary<String> text(int maxLength) {
    return Arbitraries.integers()
        .between(1, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(maxLength)
        .map(
            codePoints -> {
              StringBuilder text = new StringBuilder();
              codePoints.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  /** Octets that a form is likely to have, in no order. */
  @Provide
  Arbitrary<String> nearlyForms() {
    return Arbitraries.of(
            Arrays.asList(
                "&",
                "=",
                "%",
                "+",
                "a",
                "F",
                "0",
                "9",
                "%41",
                "%C3",
                "%BC",
                "%00",
                "\u00C3",
                "\u00BC",
                "\0",
                ";",
                "%ED%A0%80"))
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  /** Characters left alone that need no escape, empty values, no equals sign, empty pairs. */
  @Provide
  Arbitrary<String> looseForms() {
    Arbitrary<String> word =
        Arbitraries.of("a", "B", "9", "%41", "%2b", "+", "%C3%BC", "~", "/", ":", "%26", "%3D", "*")
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(parts -> String.join("", parts));
    Arbitrary<String> pair =
        Arbitraries.oneOf(
            word,
            word.map(name -> name + "="),
            Combinators.combine(word, word).as((name, value) -> name + "=" + value),
            Combinators.combine(word, word).as((name, value) -> name + "=" + value + "=" + value));
    return pair.list().ofMinSize(1).ofMaxSize(8).map(pairs -> String.join("&", pairs));
  }
}
