package dev.postern.servlet.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON of which nothing has two meanings")
class StrictJsonTest {
  private static Object read(String text) {
    return read(text, StandardCharsets.UTF_8);
  }

  private static Object read(String text, Charset charset) {
    return StrictJson.read(text.getBytes(charset));
  }

  @Test
  void values() {
    assertThat(read(" {\"a\":[\"b\",true,false,{},[]],\"c\":{\"d\":\"\\u00fc\\n\"}} "))
        .isEqualTo(
            Map.of("a", List.of("b", true, false, Map.of(), List.of()), "c", Map.of("d", "ü\n")));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "-1.50, -1.50", "1e400, 1e400", "null, null"})
  void numbers_and_null_stay_what_was_written(String text, String kept) {
    assertThat(read("[" + text + "]")).isEqualTo(List.of(new StrictJson.Other(kept)));
  }

  @Test
  void members_keep_their_order() {
    assertThat((Map<?, ?>) read("{\"z\":true,\"a\":true,\"m\":true}"))
        .extracting(Map::keySet)
        .hasToString("[z, a, m]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":true,\"a\":true}",
        "{\"a\":true,\"\\u0061\":false}",
        "{\"a\":null,\"a\":null}",
        "[{\"b\":{\"a\":1,\"c\":2,\"a\":3}}]"
      })
  void a_repeated_member(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 1: member a is repeated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":true",
        "{\"a\":true,",
        "{\"a\":true,}",
        "[true,]",
        "[,]",
        "}",
        "]",
        "{]",
        "{a:true}",
        "{'a':true}",
        "{\"a\":True}",
        "{\"a\":01}",
        "\"a",
        "\"\\x\"",
        "\"\t\"",
        "// comment\n{}",
        "{} {}",
        "{}x",
        "{}}",
        "tru",
        "NaN"
      })
  void no_json(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void text_that_is_not_utf8() {
    assertThatThrownBy(() -> read("{\"a\":\"ü\"}", StandardCharsets.ISO_8859_1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the file is not UTF-8");
    assertThatThrownBy(() -> read("{}", StandardCharsets.UTF_16LE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_byte_order_mark_as_some_editors_write_it() {
    assertThat(read("\uFEFF{}")).isEqualTo(Map.of());
  }

  @Test
  void nothing_at_all() {
    assertThatThrownBy(() -> read(" \n")).hasMessage("the file is empty");
  }

  @Test
  @DisplayName("C14: 100,000 deep")
  void deep_nesting() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("nested too deeply");
  }

  @Test
  void a_broken_file_says_where() {
    assertThatThrownBy(() -> read("{\"a\":true,\n oops}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON: ")
        .hasMessageContaining("2");
  }

  @Property
  void any_text_is_json_or_is_refused(
      @ForAll
          @Chars({'{', '}', '[', ']', '"', ':', ',', 'a', '\\', '1', 't', ' '})
          @StringLength(max = 12)
          String text) {
    assertSettled(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void any_octets_are_json_or_are_refused(@ForAll @Size(max = 20) byte[] octets) {
    assertSettled(octets);
  }

  private static void assertSettled(byte[] octets) {
    try {
      assertThat(StrictJson.read(octets)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
