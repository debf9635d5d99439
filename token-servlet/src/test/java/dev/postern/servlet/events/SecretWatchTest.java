package dev.postern.servlet.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthenticatedClient;
import dev.postern.core.TokenListener.SecretNearExpiryEvent;
import dev.postern.servlet.Proofs;
import dev.postern.servlet.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A secret in use that expires within 14 days is told of once a day")
class SecretWatchTest {
  private final SettableClock clock = new SettableClock();
  private final SecretWatch watch = new SecretWatch(clock);

  private AuthenticatedClient expiringIn(Duration left) {
    return Proofs.expiring("batch", clock.instant().plus(left));
  }

  @Test
  void just_at_fourteen_days_it_is_told() {
    Instant end = clock.instant().plus(SecretWatch.NEAR);

    assertThat(watch.look(expiringIn(SecretWatch.NEAR)))
        .contains(new SecretNearExpiryEvent(clock.instant(), "batch", "2026", end));
    assertThat(new SecretWatch(clock).look(expiringIn(SecretWatch.NEAR.plusSeconds(1)))).isEmpty();
  }

  @Test
  void once_a_day_and_secret() {
    AuthenticatedClient client = expiringIn(Duration.ofDays(10));

    assertThat(watch.look(client)).isPresent();
    assertThat(watch.look(client)).isEmpty();
    assertThat(watch.look(expiringIn(Duration.ofDays(9)))).isPresent();
    clock.advance(Duration.ofDays(1).minusSeconds(1));
    assertThat(watch.look(client)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(watch.look(client)).isPresent();
    assertThat(watch.look(client)).isEmpty();
  }

  @Test
  void one_that_never_expires_is_not() {
    assertThat(watch.look(Proofs.basic("batch"))).isEmpty();
    assertThat(watch.look(Proofs.none("app"))).isEmpty();
  }
}
