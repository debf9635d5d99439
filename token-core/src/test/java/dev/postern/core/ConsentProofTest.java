package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.ConsentProof.Verdict;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6819-4.4.1.10")
@DisplayName("whether the page that asked for consent is where the answer comes from")
class ConsentProofTest {
  private static final Map<String, String> ASKED = Map.of("client_id", "shop", "state", "xyz");

  private final SettableClock clock = new SettableClock();
  private final ConsentProof proofs = new ConsentProof(clock);
  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final Secret key = random.next();

  @Test
  void any_node_takes_what_another_has_made() {
    String proof = proofs.make(key, "alice", ASKED);

    assertThat(new ConsentProof(clock).check(proof, key, "alice", ASKED)).isEqualTo(Verdict.GOOD);
    assertThat(ConsentProof.isKey(key.reveal())).isTrue();
  }

  @Test
  @DisplayName("half an hour, and not at its very end")
  void expiry() {
    String proof = proofs.make(key, "alice", ASKED);

    clock.advance(Duration.ofMinutes(30).minusSeconds(1));
    assertThat(proofs.check(proof, key, "alice", ASKED)).isEqualTo(Verdict.GOOD);
    clock.advance(Duration.ofSeconds(1));
    assertThat(proofs.check(proof, key, "alice", ASKED)).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void it_is_bound_to_browser_user_request_and_time() {
    String proof = proofs.make(key, "alice", ASKED);
    String later = "9" + proof.substring(1);

    assertThat(proofs.check(proof, random.next(), "alice", ASKED)).isEqualTo(Verdict.FOREIGN);
    assertThat(proofs.check(proof, key, "bob", ASKED)).isEqualTo(Verdict.FOREIGN);
    assertThat(proofs.check(proof, key, "alice", Map.of("client_id", "shop")))
        .isEqualTo(Verdict.FOREIGN);
    assertThat(proofs.check(proof, key, "alice", Map.of("client_id", "shopstate", "x", "yz")))
        .isEqualTo(Verdict.FOREIGN);
    assertThat(proofs.check(later, key, "alice", ASKED)).isEqualTo(Verdict.FOREIGN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "1.", "x", "1.x", "-1.x", "99999999999999999999.x"})
  void what_is_none(String text) {
    assertThat(proofs.check(text, key, "alice", ASKED)).isEqualTo(Verdict.FOREIGN);
    assertThat(ConsentProof.isKey(text)).isFalse();
  }
}
