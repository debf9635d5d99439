package dev.postern.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Scope;
import dev.postern.core.TokenHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTableTest {
  private static final AccessGrant SHOP = new AccessGrant("shop", "alice", Scope.EMPTY, null);
  private static final AccessGrant BATCH =
      new AccessGrant("batch", "x".repeat(100), Scope.EMPTY, null);

  private final TokenTable table = new TokenTable();

  private record Kept(AccessGrant grant, long expiresAt) {}

  @ParameterizedTest(name = "[{index}] {0} places to begin with")
  @ValueSource(ints = {1, 3, 64, 100_000})
  @DisplayName("holds what a map holds, through growth, collisions, removal and death")
  void holds_what_a_map_holds(int homes) {
    Random random = new Random(homes);
    Map<TokenHash, Kept> model = new HashMap<>();
    List<TokenHash> all = new ArrayList<>(List.of(hash(0, -1)));
    for (int now = 0; now < 8_000; now++) {
      // First it mostly grows, then it holds its size, in the end it only shrinks.
      int choice = now < 2_000 ? random.nextInt(12) : now < 4_000 ? random.nextInt(20) : 11;
      if (choice < 10) {
        TokenHash token = hash(random.nextInt(homes), now);
        Kept kept = new Kept(random.nextBoolean() ? SHOP : BATCH, now + 1 + random.nextInt(900));
        table.put(token, kept.grant, kept.expiresAt);
        model.put(token, kept);
        all.add(token);
      } else if (choice < 13) {
        TokenHash token = all.get(random.nextInt(all.size()));
        Kept kept = model.remove(token);
        assertThat(table.remove(token)).isIn(weights(kept, now));
      } else {
        table.sweep(8, now);
      }
      assertAlike(model, all.get(random.nextInt(all.size())), now);
    }
    for (TokenHash token : all) {
      assertAlike(model, token, 7_999);
    }
    table.sweepAll(10_000);
    assertThat(table.removeIf(grant -> true)).isZero();
  }

  /** What it may say that it removed: one that is dead may have been swept already. */
  private static List<Integer> weights(@Nullable Kept kept, long now) {
    if (kept == null) {
      return List.of(0);
    }
    int weight = kept.grant.weight();
    return kept.expiresAt > now ? List.of(weight) : List.of(0, weight);
  }

  private void assertAlike(Map<TokenHash, Kept> model, TokenHash token, long now) {
    Kept kept = model.get(token);
    var found = table.find(token, now);
    if (kept == null || kept.expiresAt <= now) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found.orElseThrow().clientId()).isEqualTo(kept.grant.clientId());
      assertThat(found.orElseThrow().expiresIn().toMillis()).isEqualTo(kept.expiresAt - now);
    }
  }

  @Test
  void gives_back_what_the_dead_weighed_and_no_more() {
    for (int i = 0; i < 1_000; i++) {
      table.put(hash(i % 7, i), i % 2 == 0 ? SHOP : BATCH, 100 + i % 10);
    }

    assertThat(table.sweepAll(99)).isZero();
    // Two each of 100, of grants that weigh one and two: those with even numbers end evenly.
    assertThat(table.sweepAll(100)).isEqualTo(100);
    assertThat(table.sweepAll(101)).isEqualTo(200);
    assertThat(table.sweepAll(101)).isZero();
    assertThat(table.removeIf(grant -> grant.isOf("batch", ""))).isEqualTo(4 * 200);
    assertThat(table.removeIf(grant -> grant.isOf("", "alice"))).isEqualTo(4 * 100);
    assertThat(table.sweepAll(1_000)).isZero();
  }

  @Test
  @DisplayName("the hand comes round to every slot, a few at a time")
  void comes_round() {
    for (int i = 0; i < 500; i++) {
      table.put(hash(i, i), SHOP, 100);
    }
    int weight = 0;
    for (int i = 0; i < 300; i++) {
      int swept = table.sweep(8, 100);
      assertThat(swept).isLessThanOrEqualTo(8);
      weight += swept;
    }

    assertThat(weight).isEqualTo(500);
  }

  /** A hash whose search begins at one of so many places. */
  private static TokenHash hash(int home, int number) {
    return TokenHash.ofOctets(
        ByteBuffer.allocate(32)
            .putLong((long) home << 8)
            .putLong(number)
            .putLong(0)
            .putLong(1)
            .array());
  }
}
