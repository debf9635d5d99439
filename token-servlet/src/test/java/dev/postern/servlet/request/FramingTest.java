package dev.postern.servlet.request;

import static dev.postern.core.StandardReason.BODY_INCOMPLETE;
import static dev.postern.core.StandardReason.BODY_TOO_LARGE;
import static dev.postern.core.StandardReason.CONTENT_ENCODING_UNSUPPORTED;
import static dev.postern.servlet.Outcomes.passed;
import static dev.postern.servlet.Outcomes.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.servlet.FakeRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a server lets through that it has to refuse, we refuse")
final class FramingTest {
  @Test
  void one_length_chunks_or_neither() {
    assertThat(passed(Framing.check(FakeRequest.post().build()))).isNotNull();
    assertThat(passed(Framing.check(with("Content-Length", "29").build()))).isNotNull();
    assertThat(passed(Framing.check(with("Transfer-Encoding", " Chunked").build()))).isNotNull();
  }

  @Test
  void lengths_that_differ_are_none_and_the_same_one_twice_is_one() {
    FakeRequest twice = with("Content-Length", "29").header("Content-Length", " 29");

    assertThat(passed(Framing.check(twice.build()))).isNotNull();
    assertThat(reason(Framing.check(twice.header("Content-Length", "30").build())))
        .isEqualTo(BODY_INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-1", "+29", "29, 29", "29, 30", "2.9e1", "0x1d", "\u0662\u0669"})
  void a_length_that_is_no_number_is_none(String length) {
    assertThat(reason(Framing.check(with("Content-Length", length).build())))
        .isEqualTo(BODY_INCOMPLETE);
  }

  @Test
  void a_length_that_is_no_number_of_java_is_too_large() {
    assertThat(passed(Framing.check(with("Content-Length", "9".repeat(18)).build()))).isNotNull();
    assertThat(reason(Framing.check(with("Content-Length", "9".repeat(19)).build())))
        .isEqualTo(BODY_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "identity", "chunked, identity", "gzip, chunked", "xchunked", ""})
  void another_transfer_coding(String coding) {
    assertThat(reason(Framing.check(with("Transfer-Encoding", coding).build())))
        .isEqualTo(CONTENT_ENCODING_UNSUPPORTED);
    assertThat(
            reason(
                Framing.check(
                    with("Transfer-Encoding", "chunked")
                        .header("Transfer-Encoding", coding)
                        .build())))
        .isEqualTo(CONTENT_ENCODING_UNSUPPORTED);
  }

  private static FakeRequest with(String name, String value) {
    return FakeRequest.post().header(name, value);
  }
}
