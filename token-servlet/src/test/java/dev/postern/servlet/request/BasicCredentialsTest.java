package dev.postern.servlet.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import dev.postern.core.AuthorizationHeader;
import dev.postern.core.AuthorizationHeader.Absent;
import dev.postern.core.AuthorizationHeader.Basic;
import dev.postern.core.AuthorizationHeader.Malformed;
import dev.postern.core.AuthorizationHeader.Other;
import dev.postern.core.AuthorizationHeader.Repeated;
import dev.postern.core.IdAndSecret;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Secret;
import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.Rfc;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc({"RFC7617-2", "RFC6749-2.3.1"})
@DisplayName("RFC 7617 s2, RFC 6749 s2.3.1: the Authorization header")
class BasicCredentialsTest {
  private static AuthorizationHeader read(String... lines) {
    return BasicCredentials.read(List.of(lines));
  }

  private static String header(String credentials) {
    return header(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static String header(byte[] credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  private static List<String> readings(AuthorizationHeader header) {
    assertThat(header).isInstanceOf(Basic.class);
    return ((Basic) header).readings().stream().map(BasicCredentialsTest::written).toList();
  }

  private static String written(IdAndSecret reading) {
    return "[" + reading.id() + "|" + reading.secret().reveal() + "]";
  }

  private static void assertMalformed(AuthorizationHeader header, String why) {
    assertThat(header).isEqualTo(new Malformed(why));
  }

  @Test
  void none_or_several() {
    assertThat(read()).isInstanceOf(Absent.class);
    assertThat(read(header("a:b"), header("a:b"))).isInstanceOf(Repeated.class);
    assertThat(read(header("a:b"), "Bearer x")).isInstanceOf(Repeated.class);
    assertThat(read("", "")).isInstanceOf(Repeated.class);
  }

  @Test
  void every_line_of_the_request_counts() {
    FakeRequest request =
        FakeRequest.post()
            .header("Authorization", header("a:b"))
            .header("AUTHORIZATION", header("c:d"));

    assertThat(BasicCredentials.of(request.build())).isInstanceOf(Repeated.class);
    assertThat(BasicCredentials.of(FakeRequest.post().build())).isInstanceOf(Absent.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic YTpi",
        "basic YTpi",
        "BASIC YTpi",
        "bAsIc YTpi",
        "Basic  YTpi",
        "Basic     YTpi",
        " Basic YTpi ",
        "Basic YTpi\t"
      })
  void the_scheme_in_any_case_and_one_space_or_more(String line) {
    assertThat(readings(read(line))).containsExactly("[a|b]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      value = {
        // C5: what was sent, the form-decoded reading, the raw one, that of the id alone
        "a:b -> [a|b]",
        "a:b:c -> [a|b:c]",
        "a::b -> [a|:b]",
        ": -> [|]",
        "a: -> [a|]",
        ":b -> [|b]",
        "a b:c d -> [a b|c d]",
        "ü:€😀 -> [ü|€😀]",
        "a~*-._:b~*-._ -> [a~*-._|b~*-._]",
        "a%3Ab:c -> [a:b|c] [a%3Ab|c]",
        "a:b%3Ac -> [a|b:c] [a|b%3Ac]",
        "a:b+c -> [a|b c] [a|b+c]",
        "a+b:c -> [a b|c] [a+b|c]",
        "a:b%2Bc -> [a|b+c] [a|b%2Bc]",
        "a:b%25c -> [a|b%c] [a|b%25c]",
        "%C3%BC:%E2%82%AC -> [ü|€] [%C3%BC|%E2%82%AC] [ü|%E2%82%AC]",
        "a+b:c+d -> [a b|c d] [a+b|c+d] [a b|c+d]",
        "a%3Ab:c%d -> [a:b|c%d] [a%3Ab|c%d]",
        // What is no form encoding is what it is.
        "a:b%c -> [a|b%c]",
        "a:100% -> [a|100%]",
        "a:b%zz+c -> [a|b%zz+c]",
        "%zz:b+c -> [%zz|b c] [%zz|b+c]",
        "a:%FF -> [a|%FF]",
        "a:%C0%AF -> [a|%C0%AF]",
        // No control characters by way of an escape either.
        "a:%00 -> [a|%00]",
        "a:b%0D%0Ac -> [a|b%0D%0Ac]",
        "a%7F:b -> [a%7F|b]",
        "a:%C2%85 -> [a|%C2%85]"
      })
  void the_form_decoded_reading_then_the_raw_one_then_that_of_the_id_alone(
      String credentials, String expected) {
    assertThat(String.join(" ", readings(read(header(credentials))))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Basic", "Basic ", "Basic   ", "basic", "Basic\tYTpi"})
  void nothing_after_the_scheme(String line) {
    assertMalformed(read(line), "no credentials after the scheme");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic YTpi=",
        "Basic YTpiYw",
        "Basic YTpiYw=",
        "Basic YTpiYx==",
        "Basic YTp=",
        "Basic YTpi YTpi",
        "Basic YTpi, Basic YTpi",
        "Basic YTpi,YTpi",
        "Basic YTp-",
        "Basic YTp_",
        "Basic YT\tpi",
        "Basic a:b",
        "Basic %59TpI",
        "Basic \"YTpi\"",
        "Basic =",
        "Basic YTpi\u00A0",
        "Basic \u00FC",
        "Basic realm=x"
      })
  void base64_in_its_one_spelling(String line) {
    assertMalformed(read(line), "not base64 in its one spelling");
  }

  @Test
  void strict_utf8() {
    assertMalformed(read(header(new byte[] {'a', ':', (byte) 0xFC})), "not UTF-8");
    assertMalformed(read(header(new byte[] {(byte) 0xC0, (byte) 0xAF, ':'})), "not UTF-8");
    assertMalformed(
        read(header(new byte[] {'a', ':', (byte) 0xED, (byte) 0xA0, (byte) 0x80})), "not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0:b", "a:b\0", "a:\nb", "a:\rb", "a\t:b", "a:\u007F", "a:\u0085"})
  void no_control_characters(String credentials) {
    assertMalformed(read(header(credentials)), "a control character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b\n", "a:b\r\n", "a:\r", "\n"})
  void a_line_break_at_the_end_is_told_as_such(String credentials) {
    assertMalformed(read(header(credentials)), "a control character: a line break at the end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "a%3Ab", "a;b"})
  void a_colon_between_them(String credentials) {
    assertMalformed(read(header(credentials)), "no colon between id and secret");
  }

  @Test
  @DisplayName("C4: a header of 10 KB is read, a longer one than 16,000 characters is not")
  void length() {
    assertThat(readings(read(header("a:" + "b".repeat(10_000))))).hasSize(1);
    assertThat(readings(read(header("a:" + "b".repeat(11_998))))).hasSize(1);
    assertMalformed(read(header("a:" + "b".repeat(11_999))), "longer than 16000 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer abc, Bearer, abc",
    "bearer abc, bearer, abc",
    "'Negotiate  a b ', Negotiate, a b",
    "Basi YTpi, Basi, YTpi",
    "BasicX YTpi, BasicX, YTpi",
    "'Basic, YTpi', 'Basic,', YTpi",
    "Ba\u017Fic YTpi, Ba\u017Fic, YTpi"
  })
  void another_scheme_is_left_to_who_knows_it(String line, String scheme, String credentials) {
    assertThat(read(line)).isEqualTo(new Other(scheme, Secret.of(credentials)));
  }

  @Test
  @DisplayName("I8: the credentials never print")
  void prints_nothing() {
    for (String line : List.of(header("batch:canary"), "Bearer canary", "Basic canary!")) {
      assertThat(read(line).toString()).doesNotContain("canary");
    }
  }

  @Property
  void encoded_credentials_are_the_first_reading(
      @ForAll("texts") String id, @ForAll("texts") String secret) {
    IdAndSecret credentials = new IdAndSecret(id, Secret.of(secret));

    assertThat(readings(read(BasicCredentials.write(credentials))).get(0))
        .isEqualTo(written(credentials));
  }

  @Property
  void raw_credentials_are_among_the_readings(
      @ForAll("texts") String id, @ForAll("texts") String secret) {
    String idWithoutColon = id.replace(":", "");

    assertThat(readings(read(header(idWithoutColon + ":" + secret))))
        .contains(written(new IdAndSecret(idWithoutColon, Secret.of(secret))))
        .hasSizeBetween(1, 3)
        .doesNotHaveDuplicates();
  }

  @Property
  void an_encoded_id_with_a_raw_secret_is_among_the_readings(
      @ForAll("texts") String id, @ForAll("texts") String secret) {
    assertThat(readings(read(header(FormEncoder.encode(id) + ":" + secret))))
        .contains(written(new IdAndSecret(id, Secret.of(secret))));
  }

  @Property
  void nimbus_writes_what_is_our_first_reading(
      @ForAll("texts") String id, @ForAll("texts") String secret) {
    // Nimbus has no empty id, and cuts blanks off at its ends.
    if (!id.isEmpty() && id.equals(id.trim())) {
      ClientSecretBasic nimbus =
          new ClientSecretBasic(
              new com.nimbusds.oauth2.sdk.id.ClientID(id),
              new com.nimbusds.oauth2.sdk.auth.Secret(secret));

      assertThat(readings(read(nimbus.toHTTPAuthorizationHeader())).get(0))
          .isEqualTo("[" + id + "|" + secret + "]");
    }
  }

  @Test
  @DisplayName("RFC 4648 s3.5: of the symbols before the padding, those that leave no bit over")
  void no_bits_that_mean_nothing() {
    String symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (String last : symbols.split("")) {
      for (String text : new String[] {"YTpi" + "Y" + last + "==", "YTpi" + "YW" + last + "="}) {
        byte[] octets = Base64.getDecoder().decode(text);
        boolean isCanonical = Base64.getEncoder().encodeToString(octets).equals(text);

        boolean isRefused =
            read("Basic " + text) instanceof Malformed malformed
                && malformed.why().equals("not base64 in its one spelling");

        assertThat(isRefused).as(text).isEqualTo(!isCanonical);
      }
    }
  }

  /**
   * Where both accept, and what looks like a form encoding is one. By intent Nimbus accepts more:
   * base64 without padding or with other characters in it, control characters, escapes with a sign
   * for a digit or of octets that are not UTF-8. It refuses an empty id and an escape that is none,
   * and cuts blanks off at the ends of an id.
   */
  @Property
  void nimbus_agrees_with_the_first_reading(@ForAll("presented") String line) throws Exception {
    ClientSecretBasic nimbus;
    try {
      nimbus = ClientSecretBasic.parse(line);
    } catch (com.nimbusds.oauth2.sdk.ParseException | IllegalArgumentException e) {
      return;
    }
    if (read(line) instanceof Basic basic && isFormEncoded(line)) {
      IdAndSecret first = basic.readings().get(0);
      assertThat(first.id().trim()).isEqualTo(nimbus.getClientID().getValue());
      assertThat(first.secret().reveal()).isEqualTo(nimbus.getClientSecret().getValue());
    }
  }

  private static boolean isFormEncoded(String line) {
    byte[] octets = Base64.getDecoder().decode(line.substring("Basic ".length()));
    String credentials = new String(octets, StandardCharsets.UTF_8);
    return Stream.of(credentials.split(":", 2))
        .allMatch(
            part -> FormDecoder.decode(part).fold(ParameterSpec::hasNoControls, refusal -> false));
  }

  @Property(tries = 3_000)
  void any_line_is_read_as_something(@ForAll String line, @ForAll("presented") String presented) {
    assertThat(read(line)).isNotNull();
    assertThat(read("Basic " + line)).isNotNull();
    assertThat(read(header(line))).isNotNull();
    assertThat(read(presented)).isNotNull();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0x20, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .filter(c -> !Character.isISOControl(c))
        .list()
        .ofMaxSize(30)
        .map(
            codePoints -> {
              StringBuilder text = new StringBuilder();
              codePoints.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  /** Headers with what is awkward in credentials, mostly in base64. */
  @Provide
  Arbitrary<String> presented() {
    Arbitrary<String> credentials =
        Arbitraries.of(":", "%", "+", "%3A", "%2B", "%C3%BC", "%FF", " ", "ü", "a", "Z", "0", "&")
            .list()
            .ofMaxSize(14)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(
        credentials.map(BasicCredentialsTest::header),
        credentials.map(text -> header("id" + text + ":secret")),
        credentials.map(text -> header("id:" + text)),
        credentials.map(text -> "Basic " + text));
  }
}
