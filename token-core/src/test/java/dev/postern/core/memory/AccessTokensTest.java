package dev.postern.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Issuance;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.TokenHash;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
  private static final TokenHash TOKEN = TokenHash.of(Secret.of("t"));

  private final Room room = new Room(10);
  private final AccessTokens tokens = new AccessTokens(room);

  /** As long as it is, it weighs two. */
  private static Issuance issuance() {
    return new Issuance(
        "shop",
        "alice".repeat(25),
        new Issuance.Spend.Nothing(),
        Optional.of(new Issuance.NewAccessToken(TOKEN, Scope.EMPTY, Duration.ofHours(1))),
        Optional.empty());
  }

  @Test
  @DisplayName(
      "a commit that fails gives its room back once, whoever has revoked its token meanwhile")
  void room_is_given_back_once() {
    for (boolean isRevoked : new boolean[] {false, true}) {
      room.take(2, () -> {});
      tokens.save(issuance(), null, 0);
      if (isRevoked) {
        tokens.revokeAll("shop", "");
      }
      tokens.undo(issuance());
      room.giveBack(2);

      assertThat(room.taken()).isZero();
      assertThat(tokens.find(TOKEN, 1)).isEmpty();
    }
  }

  @Test
  void who_looks_for_room_finds_the_dead_wherever_they_are() {
    room.take(2, () -> {});
    tokens.save(issuance(), null, 0);

    tokens.sweepUntil(1, Duration.ofHours(1).toMillis() - 1);
    assertThat(room.taken()).isEqualTo(2);
    tokens.sweepUntil(1, Duration.ofHours(1).toMillis());
    assertThat(room.taken()).isZero();
  }
}
