package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a bounded cache with a documented delay of revocation")
class TokenCacheTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final AtomicInteger lookups = new AtomicInteger();

  private static TokenHash token(String text) {
    return TokenHash.of(Secret.of(text));
  }

  private Optional<TokenPrincipal> find(TokenCache cache, String token, Duration left) {
    return cache.find(
        token(token),
        () -> {
          lookups.incrementAndGet();
          return Optional.of(
              new TokenCache.Found(
                  new TokenPrincipal(token, "shop", Scope.EMPTY, Instant.EPOCH), left));
        });
  }

  private void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Test
  void is_off_unless_asked_for() {
    TokenCache off = new TokenCache(Duration.ZERO, nanos::get);

    find(off, "a", MINUTE);
    find(off, "a", MINUTE);

    assertThat(lookups).hasValue(2);
  }

  @Test
  void a_token_is_looked_up_again_when_its_time_is_over() {
    TokenCache cache = new TokenCache(Duration.ofSeconds(10), nanos::get);
    find(cache, "a", MINUTE);

    advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(find(cache, "a", MINUTE)).map(TokenPrincipal::getName).contains("a");
    assertThat(lookups).hasValue(1);

    advance(Duration.ofNanos(1));
    find(cache, "a", MINUTE);
    assertThat(lookups).hasValue(2);
  }

  @Test
  void none_outlives_itself() {
    TokenCache cache = new TokenCache(MINUTE, nanos::get);
    find(cache, "a", Duration.ofSeconds(5));

    advance(Duration.ofSeconds(5));
    assertThat(cache.find(token("a"), Optional::empty)).isEmpty();
  }

  @Test
  void what_is_not_good_is_not_kept() {
    TokenCache cache = new TokenCache(MINUTE, nanos::get);

    assertThat(cache.find(token("a"), Optional::empty)).isEmpty();

    assertThat(find(cache, "a", MINUTE)).isPresent();
    assertThat(lookups).hasValue(1);
  }

  @Test
  void the_one_that_was_not_asked_for_longest_goes_first() {
    TokenCache cache = new TokenCache(MINUTE, nanos::get);
    for (int i = 0; i < TokenCache.MOST; i++) {
      find(cache, "t" + i, MINUTE);
    }
    find(cache, "t0", MINUTE);
    find(cache, "one more", MINUTE);
    assertThat(lookups).hasValue(TokenCache.MOST + 1);

    find(cache, "t0", MINUTE);
    assertThat(lookups).hasValue(TokenCache.MOST + 1);
    find(cache, "t1", MINUTE);
    assertThat(lookups).hasValue(TokenCache.MOST + 2);
  }
}
