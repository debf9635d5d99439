package dev.postern.servlet.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Refusal;
import dev.postern.core.Scope;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener.CodeIssuedEvent;
import dev.postern.core.TokenListener.IssuedEvent;
import dev.postern.core.TokenListener.LockedOutEvent;
import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.TokenListener.ReplayedEvent;
import dev.postern.core.TokenListener.RevokedEvent;
import dev.postern.core.TokenListener.SecretNearExpiryEvent;
import dev.postern.servlet.RecordedLog;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The audit log: one line of JSON for each event, whatever came from outside")
class AuditLogTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

  private final RecordedLog lines = new RecordedLog();
  private final AuditLog log = new AuditLog(lines);

  private static RefusedEvent refused(String clientId) {
    return new RefusedEvent(
        NOW,
        "trace-1",
        "correlation-1",
        Refusal.of(StandardReason.SECRET_EXPIRED).withDetail("since \"yesterday\""),
        clientId,
        "192.0.2.7",
        "/shop/oauth/token");
  }

  private JsonObject last() {
    List<RecordedLog.Line> all = lines.lines();
    return Json.createReader(new StringReader(all.get(all.size() - 1).text())).readObject();
  }

  @Test
  void every_event_has_its_line() {
    log.codeIssued(
        new CodeIssuedEvent(NOW, "t", "c", "shop", "alice", Scope.of("a b"), "192.0.2.7"));
    log.issued(
        new IssuedEvent(
            NOW, "t", "c", "shop", "alice", "password", Scope.of("a b"), "192.0.2.7", false));
    log.issued(
        new IssuedEvent(
            NOW, "t", "c", "shop", "alice", "password", Scope.EMPTY, "192.0.2.7", true));
    log.refused(refused("batch"));
    log.replayed(new ReplayedEvent(refused("batch")));
    log.revoked(
        new RevokedEvent(NOW, "t", "c", "shop", "192.0.2.7", RevokedEvent.Cause.CODE_REPLAYED));
    log.lockedOut(new LockedOutEvent(NOW, "t", "batch", "192.0.2.7"));
    log.secretNearExpiry(new SecretNearExpiryEvent(NOW, "batch", "2026", NOW.plusSeconds(9)));

    assertThat(lines.lines())
        .map(RecordedLog.Line::text)
        .containsExactly(
            "{\"event\":\"code_issued\",\"at\":\"2026-11-22T14:00:00Z\",\"trace_id\":\"t\","
                + "\"correlation_id\":\"c\",\"client\":\"shop\",\"subject\":\"alice\","
                + "\"scope\":\"a b\",\"source\":\"192.0.2.7\"}",
            "{\"event\":\"issued\",\"at\":\"2026-11-22T14:00:00Z\",\"trace_id\":\"t\","
                + "\"correlation_id\":\"c\",\"client\":\"shop\",\"subject\":\"alice\","
                + "\"grant_type\":\"password\",\"scope\":\"a b\",\"source\":\"192.0.2.7\"}",
            "{\"event\":\"repeated\",\"at\":\"2026-11-22T14:00:00Z\",\"trace_id\":\"t\","
                + "\"correlation_id\":\"c\",\"client\":\"shop\",\"subject\":\"alice\","
                + "\"grant_type\":\"password\",\"source\":\"192.0.2.7\"}",
            refusedLine("refused"),
            refusedLine("replayed"),
            "{\"event\":\"revoked\",\"at\":\"2026-11-22T14:00:00Z\",\"trace_id\":\"t\","
                + "\"correlation_id\":\"c\",\"client\":\"shop\",\"source\":\"192.0.2.7\","
                + "\"cause\":\"CODE_REPLAYED\"}",
            "{\"event\":\"locked_out\",\"at\":\"2026-11-22T14:00:00Z\",\"trace_id\":\"t\","
                + "\"client\":\"batch\",\"source\":\"192.0.2.7\"}",
            "{\"event\":\"secret_near_expiry\",\"at\":\"2026-11-22T14:00:00Z\","
                + "\"client\":\"batch\",\"secret\":\"2026\","
                + "\"expires_at\":\"2026-11-22T14:00:09Z\"}");
  }

  private static String refusedLine(String event) {
    return "{\"event\":\""
        + event
        + "\",\"at\":\"2026-11-22T14:00:00Z\",\"trace_id\":\"trace-1\","
        + "\"correlation_id\":\"correlation-1\",\"client\":\"batch\",\"source\":\"192.0.2.7\","
        + "\"endpoint\":\"/shop/oauth/token\",\"number\":\"TOK2103\",\"cause\":\"SECRET_EXPIRED\",\"told\":\"TOK2000\","
        + "\"error\":\"invalid_client\",\"detail\":\"since \\u0022yesterday\\u0022\"}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\",\"event\":\"issued",
        "a\nb\r\nc",
        "\\",
        "\\\"",
        "\u2028\u2029\u0085",
        "\u0000\u001b[31m",
        "\u202e\ud83d\ude00\ud83d",
        "<script>${jndi:x}"
      })
  void nothing_gets_out_of_its_string(String hostile) {
    log.refused(refused(hostile));

    assertThat(lines.lines()).hasSize(1);
    assertThat(lines.lines().get(0).text()).matches("[\\x20-\\x7E]+");
    assertThat(last().getString("event")).isEqualTo("refused");
    assertThat(last().getString("client")).isEqualTo(hostile);
  }

  @Test
  void a_long_one_is_cut() {
    log.refused(refused("\"".repeat(4_000)));

    assertThat(last().getString("client")).isEqualTo("\"".repeat(200) + "...");
  }
}
