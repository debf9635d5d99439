package dev.postern.core.jdbc;

import static dev.postern.core.testing.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Client;
import dev.postern.core.CodeGrant;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.TokenHash;
import dev.postern.core.secret.SecretFormats;
import dev.postern.core.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the time as the database has it")
class DatabaseClockTest {
  private final SettableClock own = new SettableClock();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_500_000);
  private final DatabaseClock clock = new DatabaseClock(own, nanos::get);

  @Test
  @DisplayName("before it was asked: this machine's own, corrections and all")
  void own() {
    assertThat(clock.instant()).isEqualTo(START);
    own.advance(Duration.ofMinutes(-10));
    assertThat(clock.instant()).isEqualTo(START.minusSeconds(600));
    nanos.addAndGet(1_000_000_000);
    assertThat(clock.millis()).isEqualTo(own.millis());
  }

  @Test
  @DisplayName("after that: what it said, and on from there, whatever happens to the own one")
  void database() {
    clock.set(1_000_000);
    own.advance(Duration.ofDays(1));
    assertThat(clock.millis()).isEqualTo(1_000_000);
    nanos.addAndGet(999_999);
    assertThat(clock.millis()).isEqualTo(1_000_000);
    nanos.addAndGet(1);
    assertThat(clock.millis()).isEqualTo(1_000_001);
    // The steady clock may run over.
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(clock.millis()).isEqualTo(1_000_001 + 3_600_000);
    assertThat(clock.instant().toEpochMilli()).isEqualTo(1_000_001 + 3_600_000);
  }

  @Test
  @DisplayName("when that jumps, this one does")
  void jump() {
    clock.set(1_000_000);
    nanos.addAndGet(5_000_000);
    clock.set(400_000);
    assertThat(clock.millis()).isEqualTo(400_000);
    clock.set(2_000_000);
    assertThat(clock.millis()).isEqualTo(2_000_000);
  }

  @Test
  @DisplayName("it is read off whatever is asked of the database")
  void asked() {
    try (Nodes nodes = new Nodes()) {
      JdbcStore store = nodes.store();
      assertThat(store.clock().instant()).isEqualTo(START);

      TokenHash code = TokenHash.of(Secret.of("a code"));
      store.saveCode(
          code,
          new CodeGrant("shop", "alice", Scope.EMPTY, "app:/", false, Optional.empty()),
          Duration.ofDays(1));
      List<Runnable> requests =
          List.of(
              store::check,
              () -> assertThat(store.findCode(code)).isPresent(),
              () -> ((JdbcFailures) store.failures()).exchange(),
              () -> clients(store).find("nobody"));
      for (Runnable request : requests) {
        nodes.clock.advance(Duration.ofHours(1));
        request.run();
        assertThat(Duration.between(nodes.clock.instant(), store.clock().instant()))
            .isBetween(Duration.ZERO, Duration.ofSeconds(30));
      }
    }
  }

  private static JdbcClients clients(JdbcStore store) {
    JdbcClients clients =
        store.clients(new SecretFormats(List.of()), Set.of(Client.PUBLIC), Set.of());
    assertThat(clients.find("anybody")).isEqualTo(Optional.empty());
    return clients;
  }
}
