package dev.postern.servlet.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.CodeGrant;
import dev.postern.core.IssuedTokens;
import dev.postern.core.Refusal;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenListener;
import dev.postern.core.TokenListener.RevokedEvent;
import dev.postern.core.TokenResult;
import dev.postern.servlet.Proofs;
import dev.postern.servlet.RecordedLog;
import dev.postern.servlet.SettableClock;
import dev.postern.servlet.figures.Figures;
import dev.postern.servlet.figures.StoreState;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What listeners are told")
class EventsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
  private static final Trace TRACE = new Trace("trace-1", "correlation-1");
  private static final Refusal REFUSAL =
      Refusal.of(StandardReason.SECRET_MISMATCH).withDetail("matched only raw");

  private final RecordedLog refusals = new RecordedLog();
  private final RecordedLog log = new RecordedLog();
  private static final String ENDPOINT = "/shop/oauth/token";

  private final List<Object> traces = new ArrayList<>();
  private final List<Object> told = new ArrayList<>();
  private final Figures figures = new Figures(StoreState.of("none"), () -> 0);
  private final SettableClock clock = new SettableClock();

  private final TokenListener recording =
      new TokenListener() {
        @Override
        public void issued(IssuedEvent event) {
          told.add(event);
        }

        @Override
        public void refused(RefusedEvent event) {
          told.add(event);
        }

        @Override
        public void replayed(ReplayedEvent event) {
          told.add(event);
        }

        @Override
        public void revoked(RevokedEvent event) {
          told.add(event);
        }

        @Override
        public void codeIssued(CodeIssuedEvent event) {
          told.add(event);
        }

        @Override
        public void lockedOut(LockedOutEvent event) {
          told.add(event);
        }

        @Override
        public void secretNearExpiry(SecretNearExpiryEvent event) {
          told.add(event);
        }
      };

  private Events events(TokenListener... listeners) {
    return new Events(
        List.of(listeners),
        new RefusalLog(refusals),
        traces::add,
        figures,
        new SecretWatch(clock),
        log);
  }

  private static TokenResult.Issued issued() {
    return new TokenResult.Issued(
        new IssuedTokens(
            Secret.of("canary"),
            "Bearer",
            Duration.ofMinutes(10),
            Optional.of(Secret.of("canary")),
            Scope.of("a b"),
            Map.of("canary", "canary")),
        Proofs.basic("batch"),
        "client_credentials",
        "batch",
        true,
        true);
  }

  private static TokenResult.Refused refused(Refusal refusal) {
    return new TokenResult.Refused(refusal, "batch");
  }

  private static TokenListener throwing(Throwable thrown) {
    return new TokenListener() {
      @Override
      public void issued(IssuedEvent event) {
        EventsTest.<RuntimeException>raise(thrown);
      }

      @Override
      public void refused(RefusedEvent event) {
        EventsTest.<RuntimeException>raise(thrown);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void a_client_that_gives_a_token_back() {
    events(recording).revoked("batch", NOW, TRACE, "192.0.2.7");

    assertThat(told)
        .containsExactly(
            new TokenListener.RevokedEvent(
                NOW,
                "trace-1",
                "correlation-1",
                "batch",
                "192.0.2.7",
                TokenListener.RevokedEvent.Cause.CLIENT_REQUEST));
    assertThat(figures.getRevoked()).isEqualTo(1);
  }

  @Test
  void a_code_is_told_of_without_it() {
    CodeGrant grant =
        new CodeGrant(
            "shop", "alice", Scope.of("a"), "https://shop.example/cb", true, Optional.empty());

    events(recording).codeIssued(grant, NOW, TRACE, "192.0.2.7");

    assertThat(told)
        .containsExactly(
            new TokenListener.CodeIssuedEvent(
                NOW, "trace-1", "correlation-1", "shop", "alice", Scope.of("a"), "192.0.2.7"));
    assertThat(figures.getCodesIssued()).isEqualTo(1);
    assertThat(figures.getIssued()).isZero();
  }

  @Test
  void issued_holds_no_token() {
    Events events = events(recording);

    events.issued(issued(), NOW, TRACE, "192.0.2.7");

    assertThat(events.wantIssued()).isTrue();
    assertThat(told)
        .containsExactly(
            new TokenListener.IssuedEvent(
                NOW,
                "trace-1",
                "correlation-1",
                "batch",
                "batch",
                "client_credentials",
                Scope.of("a b"),
                "192.0.2.7",
                true));
    assertThat(told.toString()).doesNotContain("canary");
    assertThat(refusals.lines()).isEmpty();
  }

  @Test
  void refused_is_told_and_logged() {
    events(recording).refused(refused(REFUSAL), NOW, TRACE, "192.0.2.7", ENDPOINT);

    assertThat(told)
        .containsExactly(
            new TokenListener.RefusedEvent(
                NOW, "trace-1", "correlation-1", REFUSAL, "batch", "192.0.2.7", ENDPOINT));
    assertThat(refusals.lines()).hasSize(1);
  }

  @Test
  void nobody_listens() {
    Events events = events();

    events.refused(refused(REFUSAL), NOW, TRACE, "192.0.2.7", ENDPOINT);

    assertThat(events.wantIssued()).isFalse();
    assertThat(refusals.lines()).hasSize(1);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  @DisplayName("what a listener throws is logged and changes nothing")
  void throwing_listeners() {
    for (Throwable thrown :
        List.of(
            new IllegalStateException("broken"),
            new NoClassDefFoundError("metrics"),
            new AssertionError("assumed"),
            new Exception("sneaked"))) {
      told.clear();
      Events events = events(throwing(thrown), recording, throwing(thrown));

      events.issued(issued(), NOW, TRACE, "192.0.2.7");
      events.refused(refused(REFUSAL), NOW, TRACE, "192.0.2.7", ENDPOINT);

      assertThat(told).hasSize(2);
      assertThat(log.lines())
          .hasSize(4)
          .allMatch(line -> line.level() == Level.ERROR && line.thrown() == thrown)
          .allMatch(line -> line.text().startsWith("listener " + EventsTest.class.getName() + "$"));
      log.lines().clear();
    }
  }

  @Test
  @DisplayName("a replay is told as refused, replayed and revoked, in this order")
  void replayed() {
    Refusal refusal = Refusal.of(StandardReason.REFRESH_TOKEN_REUSED);
    Revocation revocation = new Revocation.OfFamily(TokenHash.of(Secret.of("canary")));

    events(recording)
        .refused(
            new TokenResult.Refused(refusal, "shop", Optional.of(revocation)),
            NOW,
            TRACE,
            "192.0.2.7",
            ENDPOINT);

    TokenListener.RefusedEvent refused =
        new TokenListener.RefusedEvent(
            NOW, "trace-1", "correlation-1", refusal, "shop", "192.0.2.7", ENDPOINT);
    assertThat(told)
        .containsExactly(
            refused,
            new TokenListener.ReplayedEvent(refused),
            new TokenListener.RevokedEvent(
                NOW,
                "trace-1",
                "correlation-1",
                "shop",
                "192.0.2.7",
                RevokedEvent.Cause.REFRESH_TOKEN_REPLAYED));
    assertThat(figures.getReplayed()).isOne();
    assertThat(figures.getRevoked()).isOne();
  }

  @Test
  @DisplayName("a lock-out is told once, and once more after a minute of quiet")
  void locked_out() {
    Events events = events(recording);
    TokenResult.Refused refused = refused(Refusal.of(StandardReason.TOO_MANY_FAILURES));

    for (int second : new int[] {0, 59, 118, 178}) {
      events.refused(refused, NOW.plusSeconds(second), TRACE, "192.0.2.7", ENDPOINT);
    }

    assertThat(told)
        .filteredOn(TokenListener.LockedOutEvent.class::isInstance)
        .containsExactly(
            new TokenListener.LockedOutEvent(NOW, "trace-1", "batch", "192.0.2.7"),
            new TokenListener.LockedOutEvent(
                NOW.plusSeconds(178), "trace-1", "batch", "192.0.2.7"));
    assertThat(figures.getLockedOut()).isEqualTo(2);
    assertThat(figures.getRecentLockOuts())
        .containsExactly(NOW.plusSeconds(178) + " client=\"batch\" source=\"192.0.2.7\" refused=1");
  }

  @Test
  @DisplayName("what is counted needs no listener")
  void counted() {
    Events events = events();

    events.count(issued());
    events.refused(refused(REFUSAL), NOW, TRACE, "192.0.2.7", ENDPOINT);
    events.took(1_000_000);

    assertThat(figures.getRepeated()).isOne();
    assertThat(figures.getRefusedByCause()).containsEntry("TOK2102 SECRET_MISMATCH", 1L);
    assertThat(figures.getLatencyMillis()).containsEntry(1, 1L);
  }
}
