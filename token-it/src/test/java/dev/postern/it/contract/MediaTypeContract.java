package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CHARSET_UNSUPPORTED;
import static dev.postern.core.StandardReason.CONTENT_ENCODING_UNSUPPORTED;
import static dev.postern.core.StandardReason.MEDIA_TYPE_UNSUPPORTED;

import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
    "parameters using the \"application/x-www-form-urlencoded\" format ... with a character"
        + " encoding of UTF-8 in the HTTP request entity-body")
@Rfc({"RFC6749-4.1.3", "RFC6749-B"})
@Slice
abstract class MediaTypeContract extends Contract {
  MediaTypeContract(Running running) {
    super(running);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "APPLICATION/X-WWW-FORM-URLENCODED",
        "Application/X-WWW-Form-UrlEncoded; Charset=UTF-8",
        "application/x-www-form-urlencoded;charset=utf-8",
        "application/x-www-form-urlencoded; charset=UTF8",
        "application/x-www-form-urlencoded ; charset=\"utf-8\"",
        "application/x-www-form-urlencoded; charset=utf-8; charset=UTF-8",
        "application/x-www-form-urlencoded; version=1; charset=utf-8",
        "application/x-www-form-urlencoded;"
      })
  void every_spelling_of_a_form_in_utf_8_is_one(String type) {
    assertIssued(post("Content-Type: " + type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded-v2",
        "x-www-form-urlencoded",
        "application/*",
        "application/x-www-form-urlencoded charset=utf-8",
        "application/x-www-form-urlencoded, application/json",
        "application/json; a=application/x-www-form-urlencoded",
        "application/jwt;application/x-www-form-urlencoded",
        ";",
        ""
      })
  void another_media_type_is_refused(String type) {
    assertRefused(post("Content-Type: " + type), 400, MEDIA_TYPE_UNSUPPORTED);
  }

  @Test
  void no_media_type_is_refused() {
    assertRefused(post(), 400, MEDIA_TYPE_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-www-form-urlencoded", "application/json", "text/plain; charset=x"})
  void two_media_types_are_refused_even_if_they_agree(String second) {
    Answer answer = post(Endpoint.FORM, "Content-Type: " + second);

    assertRefused(answer, 400, MEDIA_TYPE_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iso-8859-1",
        "\"ISO-8859-1\"",
        "utf-16",
        "utf-7",
        "us-ascii",
        "nope-1",
        "",
        "\"\"",
        "'utf-8'",
        "\"utf-8",
        "utf-8,iso-8859-1",
        "utf-8; charset=iso-8859-1",
        "iso-8859-1; charset=utf-8"
      })
  void another_charset_is_refused(String charset) {
    Answer answer = post(Endpoint.FORM + "; charset=" + charset);

    assertRefused(answer, 400, CHARSET_UNSUPPORTED);
  }

  @Test
  void a_charset_without_a_value_is_refused() {
    assertRefused(post(Endpoint.FORM + "; charset"), 400, CHARSET_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "deflate", "br", "x-own", "gzip, identity", "aes128gcm"})
  void an_encoded_body_is_refused_and_not_unpacked(String encoding) {
    Answer answer = post(Endpoint.FORM, "Content-Encoding: " + encoding);

    assertRefused(answer, 400, CONTENT_ENCODING_UNSUPPORTED);
  }

  @Test
  void a_second_content_encoding_counts_too() {
    Answer answer = post(Endpoint.FORM, "Content-Encoding: identity", "Content-Encoding: gzip");

    assertRefused(answer, 400, CONTENT_ENCODING_UNSUPPORTED);
  }

  @Test
  void an_encoding_that_does_nothing_passes() {
    assertIssued(post(Endpoint.FORM, "Content-Encoding: Identity"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/xml",
        "*/*;q=0",
        "application/json;q=0",
        "a",
        "text/*, */*"
      })
  void what_the_client_would_accept_does_not_matter(String accept) {
    assertIssued(post(Endpoint.FORM, "Accept: " + accept));
    assertRefused(
        post("Content-Type: text/plain", "Accept: " + accept), 400, MEDIA_TYPE_UNSUPPORTED);
  }

  private Answer post(String... headers) {
    List<String> lines = new ArrayList<>(Arrays.asList(headers));
    lines.add(AS_BATCH);
    return shop()
        .body(CLIENT_CREDENTIALS.getBytes(StandardCharsets.US_ASCII), lines.toArray(String[]::new));
  }
}
