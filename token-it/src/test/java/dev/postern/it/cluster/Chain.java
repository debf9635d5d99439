package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.RawHttp;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A client that gets a code, redeems it and refreshes, over nodes that may be gone: what it hears
 * nothing of, or a 503, it asks for again elsewhere. Used by one thread.
 */
final class Chain {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final Supplier<Optional<RawHttp>> nodes;
  private final List<Tokens> tokens = new ArrayList<>();
  private String code = "";
  private boolean isRefused;
  private int lost;

  Chain(Supplier<Optional<RawHttp>> nodes) {
    this.nodes = nodes;
  }

  /** Goes through all of it; the assertions are on what a single client may see. */
  void run(int refreshes) {
    code = ShopClient.codeIn(answered(ShopClient::askForCode));
    int before = lost;
    Answer redeemed = answered(node -> ShopClient.redeem(node, code));
    if (redeemed.status() != 200) {
      // Its answer was lost after the commit: a code has no second answer, the client asks for
      // another.
      ShopClient.assertInvalidGrant(redeemed);
      assertThat(lost).as("refused a code that was sent once: " + redeemed).isGreaterThan(before);
      isRefused = true;
      return;
    }
    tokens.add(Tokens.in(redeemed));
    for (int i = 0; i < refreshes; i++) {
      String current = last().refresh();
      // Lost or not: the grace gives the answer again.
      Tokens next = Tokens.in(answered(node -> ShopClient.refresh(node, current)));
      if (ThreadLocalRandom.current().nextInt(4) == 0) {
        assertThat(Tokens.in(answered(node -> ShopClient.refresh(node, current)))).isEqualTo(next);
      }
      tokens.add(next);
    }
  }

  /** What the database has to hold of it. */
  void check(Tables tables) {
    if (isRefused) {
      // One family at most, and that one dead: its client never saw a token of it.
      assertThat(tables.familiesOf(code)).isLessThanOrEqualTo(1);
      return;
    }
    assertThat(tables.familiesOf(code)).isEqualTo(1);
    assertThat(tables.accessTokensOf(code)).as("one lineage").isEqualTo(tokens.size());
    for (Tokens each : tokens) {
      assertThat(tables.hasAccessToken(each.access())).as("a 200 was committed").isTrue();
    }
    assertThat(tables.isCurrent(last().refresh())).isTrue();
    assertThat(tables.isRevoked(last().refresh())).isFalse();
  }

  /** How many answers did not come, or were a 503. */
  int lost() {
    return lost;
  }

  private Tokens last() {
    return tokens.get(tokens.size() - 1);
  }

  private Answer answered(Function<RawHttp, Answer> request) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<RawHttp> node = nodes.get();
      if (node.isEmpty()) {
        pause();
        continue;
      }
      try {
        Answer answer = request.apply(node.get().within(Duration.ofSeconds(10)));
        if (answer.status() != 503) {
          return answer;
        }
      } catch (UncheckedIOException e) {
        // The node is gone, and with it the answer.
      }
      lost++;
      pause();
    }
    throw new AssertionError("no answer within " + PATIENCE);
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
  }
}
