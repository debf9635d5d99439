package dev.postern.servlet.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.servlet.FakeRequest;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN s2: trace_id and correlation_id")
class TraceTest {
  private static final String W3C = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static String correlation(String header, String value) {
    return Trace.of(FakeRequest.post().header(header, value).build()).correlationId();
  }

  private static void assertOurs(String id) {
    assertThat(UUID.fromString(id)).hasToString(id);
  }

  @Test
  void both_are_ours_when_the_caller_has_none() {
    Trace trace = Trace.of(FakeRequest.post().build());

    assertOurs(trace.traceId());
    assertOurs(trace.correlationId());
    assertThat(trace.correlationId()).isNotEqualTo(trace.traceId());
    assertThat(Trace.of(FakeRequest.post().build()).traceId()).isNotEqualTo(trace.traceId());
  }

  @Test
  void the_trace_id_is_always_ours() {
    Trace trace =
        Trace.of(
            FakeRequest.post()
                .header("client-request-id", "a")
                .header("trace_id", "a")
                .header("traceparent", "00-" + W3C + "-00f067aa0ba902b7-01")
                .build());

    assertOurs(trace.traceId());
  }

  @Test
  void first_found_wins() {
    FakeRequest request =
        FakeRequest.post().header("traceparent", "00-" + W3C + "-00f067aa0ba902b7-01");
    assertThat(Trace.of(request.build()).correlationId()).isEqualTo(W3C);

    request.header("X-Correlation-ID", "second");
    assertThat(Trace.of(request.build()).correlationId()).isEqualTo("second");

    request.header("client-request-id", "first");
    assertThat(Trace.of(request.build()).correlationId()).isEqualTo("first");
  }

  @Test
  void one_that_is_not_fit_makes_room_for_the_next() {
    FakeRequest request =
        FakeRequest.post().header("client-request-id", "a b").header("X-Correlation-ID", "ok");

    assertThat(Trace.of(request.build()).correlationId()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "-", ".", "_", "Az09._-", "4bf92f35-77b3-4da6"})
  void fit(String id) {
    assertThat(correlation("client-request-id", id)).isEqualTo(id);
    assertThat(correlation("X-Correlation-ID", id)).isEqualTo(id);
  }

  @Test
  void from_1_to_128_characters() {
    assertThat(correlation("client-request-id", "a".repeat(128))).isEqualTo("a".repeat(128));
    assertOurs(correlation("client-request-id", "a".repeat(129)));
    assertOurs(correlation("client-request-id", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "a ",
        " a",
        "a b",
        "a\n",
        "a\r\nb",
        "\u001B[31m",
        "${jndi:x}",
        "a\"b",
        "a\\b",
        "<a>",
        "a,b",
        "a=b",
        "{a}",
        "\u00FC",
        "a\0",
        "a/b",
        "a:b",
        "a;b",
        "a%0a",
        "\u0660"
      })
  @DisplayName("D8: what is not fit to be logged is not taken")
  void not_fit(String id) {
    assertOurs(correlation("client-request-id", id));
    assertOurs(correlation("X-Correlation-ID", id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        W3C,
        "00-" + W3C,
        "00-" + W3C + "-00f067aa0ba902b7",
        "00-" + W3C + "-00f067aa0ba902b-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-" + W3C + "0-00f067aa0ba902b7-01",
        "zz-" + W3C + "-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-" + W3C + "-00f067aa0ba902b7-01",
        " 00-" + W3C + "-00f067aa0ba902b7-01"
      })
  void a_traceparent_that_is_none(String traceparent) {
    assertOurs(correlation("traceparent", traceparent));
  }

  @Test
  void a_traceparent_of_a_later_version_may_go_on() {
    assertThat(correlation("traceparent", "01-" + W3C + "-00f067aa0ba902b7-01-more"))
        .isEqualTo(W3C);
  }
}
