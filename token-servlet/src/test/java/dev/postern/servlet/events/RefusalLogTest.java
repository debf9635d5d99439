package dev.postern.servlet.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.Outcomes;
import dev.postern.servlet.RecordedLog;
import dev.postern.servlet.doctor.Sightings;
import dev.postern.servlet.request.BasicCredentials;
import dev.postern.servlet.request.IpAddresses;
import dev.postern.servlet.request.Transport;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("D8: one line for each refusal")
class RefusalLogTest {
  private static final String ENDPOINT = "/shop/oauth/token";

  private final RecordedLog log = new RecordedLog();
  private final RefusalLog refusals = new RefusalLog(log);

  private void write(Refusal refusal, String client, String source) {
    refusals.write(
        new RefusedEvent(
            Instant.EPOCH, "trace-1", "correlation-1", refusal, client, source, ENDPOINT));
  }

  @Test
  void a_private_cause() {
    write(
        Refusal.of(StandardReason.SECRET_MISMATCH).withDetail("matched only raw"),
        "batch",
        "192.0.2.7");

    assertThat(log.texts())
        .containsExactly(
            "refused number=TOK2102 cause=SECRET_MISMATCH told=TOK2000 error=invalid_client"
                + " check=client endpoint=\"/shop/oauth/token\" client=\"batch\" source=\"192.0.2.7\" trace_id=trace-1"
                + " correlation_id=correlation-1 detail=\"matched only raw\""
                + " text=\"the secret is wrong\"");
  }

  @Test
  void a_public_one_names_the_parameter_and_leaves_out_what_is_empty() {
    write(Refusal.of(StandardReason.PARAMETER_REPEATED, "scope"), "", "");

    assertThat(log.texts())
        .containsExactly(
            "refused number=TOK1003 cause=PARAMETER_REPEATED told=TOK1003 error=invalid_request"
                + " check=parameters endpoint=\"/shop/oauth/token\" parameter=\"scope\" trace_id=trace-1"
                + " correlation_id=correlation-1 text=\"a parameter is repeated\"");
  }

  @ParameterizedTest
  @EnumSource
  void levels(StandardReason reason) {
    write(Refusal.of(reason), "", "");

    assertThat(log.lines().get(0).level())
        .isEqualTo(
            switch (reason.code()) {
              case SERVER_ERROR -> Level.ERROR;
              case TEMPORARILY_UNAVAILABLE -> Level.WARNING;
              default -> Level.INFO;
            });
  }

  @ParameterizedTest
  @EnumSource
  void what_we_say_ourselves_is_never_cut(StandardReason reason) {
    write(Refusal.of(reason), "", "");

    assertThat(log.texts().get(0)).contains(" text=\"" + reason.text() + "\"");
  }

  @Test
  @DisplayName("what is shown elsewhere, pages say, is escaped and cut in the same way")
  void escaped() {
    RefusedEvent event =
        new RefusedEvent(
            Instant.EPOCH,
            "t",
            "c",
            Refusal.of(StandardReason.CLIENT_UNKNOWN, "scope").withDetail("d\u202Ed"),
            "a\r\n<b>" + "x".repeat(4_000),
            "192.0.2.7\0",
            "/<shop>");

    RefusedEvent escaped = RefusalLog.escaped(event);

    assertThat(escaped.clientId()).startsWith("a\\u000d\\u000a\\u003cb").hasSizeLessThan(300);
    assertThat(escaped.source()).isEqualTo("192.0.2.7\\u0000");
    assertThat(escaped.endpoint()).isEqualTo("/\\u003cshop\\u003e");
    assertThat(escaped.refusal().detail()).isEqualTo("d\\u202ed");
    assertThat(escaped.refusal().subject()).isEqualTo("scope");
    assertThat(escaped.traceId() + escaped.correlationId()).isEqualTo("tc");
  }

  @Test
  @DisplayName("the log says how to configure a TLS-terminating proxy")
  void proxy() {
    Transport transport = new Transport(IpAddresses.parse(""), false, new Sightings(finding -> {}));

    write(Outcomes.refusal(transport.check(FakeRequest.post().plain().build())), "", "");

    assertThat(log.texts().get(0)).contains("trustedProxies\"").doesNotContain("...");
  }

  @Test
  @DisplayName("a header that could not be read says why, and repeats nothing of it")
  void malformed() {
    AuthorizationHeader header = BasicCredentials.read(List.of("Basic canary!"));

    assertThat(((AuthorizationHeader.Malformed) header).why()).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "batch, batch",
        "a b-c_d.e~f:g/h(i)[j]'k#l%m&n=o+p, a b-c_d.e~f:g/h(i)[j]'k#l%m&n=o+p",
        "`a\nb\r`, a\\u000ab\\u000d",
        "a\u001B[31mred, a\\u001b[31mred",
        "${jndi:ldap://x}, \\u0024\\u007bjndi:ldap://x\\u007d",
        "{0} %n, \\u007b0\\u007d %n",
        "a\" source=\"b, a\\u0022 source=\\u0022b",
        "a\\nb, a\\u005cnb",
        "<script>, \\u003cscript\\u003e",
        "ü\u0085\u2028\u202E😀, \\u00fc\\u0085\\u2028\\u202e\\ud83d\\ude00",
        "a\0\u007Fb, a\\u0000\\u007fb"
      })
  void escaped(String text, String escaped) {
    assertThat(RefusalLog.escaped(text)).isEqualTo(escaped);
  }

  @Property
  void any_text_is_one_line_of_printable_ascii(@ForAll String text) {
    String escaped = RefusalLog.escaped(text);

    assertThat(escaped).matches("[ -~]*").doesNotContain("${", "\"", "{", "}", "<", ">", "$");
    assertThat(escaped.length()).isLessThanOrEqualTo(6 * 200 + 3);
  }

  @Property
  void two_short_texts_never_look_alike(@ForAll String one, @ForAll String other) {
    boolean areShort = one.length() <= 200 && other.length() <= 200;
    if (areShort && !one.equals(other)) {
      assertThat(RefusalLog.escaped(one)).isNotEqualTo(RefusalLog.escaped(other));
    }
  }

  @Property
  void any_refusal_is_one_line(
      @ForAll String client, @ForAll String source, @ForAll String detail) {
    RecordedLog recorded = new RecordedLog();
    new RefusalLog(recorded)
        .write(
            new RefusedEvent(
                Instant.EPOCH,
                "trace-1",
                "correlation-1",
                Refusal.of(StandardReason.CLIENT_UNKNOWN).withDetail(detail),
                client,
                source,
                ENDPOINT));

    assertThat(recorded.texts()).hasSize(1);
    assertThat(recorded.texts().get(0)).matches("[ -~]*").doesNotContain("${");
  }

  @Test
  void long_texts_are_cut() {
    write(Refusal.of(StandardReason.CLIENT_UNKNOWN), "\n".repeat(4_000), "");

    assertThat(log.texts().get(0)).hasSizeLessThan(2_000).contains("...\"");
  }
}
