package dev.postern.servlet.request;

import static dev.postern.core.StandardReason.CHARSET_UNSUPPORTED;
import static dev.postern.core.StandardReason.CONTENT_ENCODING_UNSUPPORTED;
import static dev.postern.core.StandardReason.MEDIA_TYPE_UNSUPPORTED;
import static dev.postern.servlet.Outcomes.passed;
import static dev.postern.servlet.Outcomes.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Outcome;
import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.Rfc;
import jakarta.servlet.http.HttpServletRequest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc({"RFC6749-4.1.3", "RFC6749-B"})
@DisplayName("D5: media type, charset, content encoding")
class MediaTypeTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private static Outcome<HttpServletRequest> check(String type) {
    return MediaType.check(FakeRequest.post().header("Content-Type", type).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FORM,
        "Application/X-WWW-Form-URLEncoded",
        "APPLICATION/X-WWW-FORM-URLENCODED",
        FORM + " ",
        " " + FORM,
        FORM + ";",
        FORM + ";charset=UTF-8",
        FORM + "; charset=utf-8",
        FORM + " ; charset = utf-8",
        FORM + ";CHARSET=Utf-8",
        FORM + ";charset=\"UTF-8\"",
        FORM + ";charset=utf8",
        FORM + ";boundary=x",
        FORM + ";boundary=x;charset=utf-8",
        FORM + ";charset=utf-8;charset=UTF-8",
        FORM + ";xcharset=latin1",
        FORM + ";x=\"a;charset=latin1\"",
        FORM + ";x=\"a\\\";charset=latin1\";charset=utf-8"
      })
  void a_form_in_utf8(String type) {
    assertThat(passed(check(type))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        "application/json",
        "application/json;charset=utf-8",
        "text/plain",
        "multipart/form-data;boundary=x",
        "application/x-www-form-urlencodedx",
        "xapplication/x-www-form-urlencoded",
        "application/x-www-form-urlencoded, text/plain",
        "application/x-www-form-urlencoded charset=utf-8",
        "application/ x-www-form-urlencoded",
        "application",
        "*/*",
        "application/*",
        ";" + FORM
      })
  void anything_else(String type) {
    assertThat(reason(check(type))).isEqualTo(MEDIA_TYPE_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ISO-8859-1",
        "latin1",
        "UTF-16",
        "utf-7",
        "us-ascii",
        "cp037",
        "",
        "\"\"",
        "\"utf-8",
        "utf-8\"",
        "'utf-8'",
        "utf-8,latin1",
        "utf-8 x",
        "x",
        "utf-8;charset=latin1",
        "latin1;charset=utf-8",
        "utf-8;charset",
        "utf-8;x=\"a;b\";charset=latin1",
        "utf-8;x=\"a\\\\\";charset=latin1",
        "utf-8;x=\"",
        "utf-8;x=\";charset=latin1",
        "utf-8;x=\"a\\\";charset=latin1",
        "utf-8;x=\"\\",
        "utf-8;x=a\";charset=latin1;y=\"",
        "utf-8;\";charset=latin1;\"",
        "utf-8;x=\"a\"=\";charset=latin1;y=\""
      })
  void another_charset(String charset) {
    assertThat(reason(check(FORM + ";charset=" + charset))).isEqualTo(CHARSET_UNSUPPORTED);
    assertThat(reason(check(FORM + "; CharSet = " + charset))).isEqualTo(CHARSET_UNSUPPORTED);
  }

  @Test
  void none_or_several() {
    FakeRequest several = FakeRequest.post().header("Content-Type", FORM);

    assertThat(reason(MediaType.check(FakeRequest.post().build())))
        .isEqualTo(MEDIA_TYPE_UNSUPPORTED);
    assertThat(reason(MediaType.check(several.header("content-type", FORM).build())))
        .isEqualTo(MEDIA_TYPE_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "deflate", "br", "x", "identity, gzip", "gzip, identity"})
  void no_content_encoding(String encoding) {
    HttpServletRequest request =
        FakeRequest.post()
            .header("Content-Type", FORM)
            .header("Content-Encoding", encoding)
            .build();

    assertThat(reason(MediaType.check(request))).isEqualTo(CONTENT_ENCODING_UNSUPPORTED);
  }

  @Test
  void identity_is_none_and_every_line_counts() {
    FakeRequest request =
        FakeRequest.post()
            .header("Content-Type", FORM)
            .header("Content-Encoding", " Identity ")
            .header("Content-Encoding", "");

    assertThat(passed(MediaType.check(request.build()))).isNotNull();
    assertThat(reason(MediaType.check(request.header("Content-Encoding", "gzip").build())))
        .isEqualTo(CONTENT_ENCODING_UNSUPPORTED);
  }

  @Property
  void any_header_is_settled(@ForAll String text) {
    assertThat(check(text)).isNotNull();
    assertThat(check(FORM + ";" + text)).isNotNull();
  }
}
