package dev.postern.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postern.core.ClientSecret;
import dev.postern.core.testing.TestClients;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryClientsTest {
  private final MemoryClients clients = new MemoryClients(TestClients.all(), 42);

  @Test
  void finds_by_the_exact_id() {
    assertThat(clients.find("batch").orElseThrow().name()).isEqualTo("Nightly batch");
    assertThat(clients.find("Batch")).isEmpty();
    assertThat(clients.find("")).isEmpty();
  }

  @Test
  void an_id_is_given_once() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MemoryClients(
                    List.of(TestClients.batch().build(), TestClients.batch().build()), 42))
        .withMessage("two clients have the id batch");
  }

  @Test
  void an_unknown_id_gets_the_same_decoys_from_start_to_start() {
    MemoryClients restarted = new MemoryClients(TestClients.all(), 42);
    Set<List<ClientSecret>> used = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      String id = "nobody" + i;
      assertThat(clients.decoysFor(id)).hasSize(1).isEqualTo(clients.decoysFor(id));
      assertThat(restarted.decoysFor(id).get(0).hash()).hasToString("sha256");
      used.add(clients.decoysFor(id));
    }

    // All six clients that have a secret lend theirs.
    assertThat(used).hasSize(6);
  }

  @Test
  void decoys_depend_on_the_seed() {
    MemoryClients other = new MemoryClients(TestClients.all(), 43);
    int same = 0;
    for (int i = 0; i < 200; i++) {
      String id = "nobody" + i;
      same += indexIn(clients, id) == indexIn(other, id) ? 1 : 0;
    }

    assertThat(same).isBetween(10, 100);
  }

  private static int indexIn(MemoryClients registry, String id) {
    List<String> ids = List.of("batch", "poster", "shop", "rival", "kiosk", "orders-api");
    for (int i = 0; i < ids.size(); i++) {
      if (registry.find(ids.get(i)).orElseThrow().secrets().equals(registry.decoysFor(id))) {
        return i;
      }
    }
    throw new AssertionError(id);
  }

  @Test
  void it_knows_which_scopes_there_are() {
    for (String token : List.of("orders.read", "orders.write", "profile")) {
      assertThat(clients.isScopeRegistered(token)).as(token).isTrue();
    }
    for (String token : List.of("", "Profile", "orders", "orders.read profile")) {
      assertThat(clients.isScopeRegistered(token)).as(token).isFalse();
    }
    assertThat(new MemoryClients(List.of(), 1).isScopeRegistered("profile")).isFalse();
  }

  @Test
  void no_decoys_where_nobody_has_a_secret() {
    assertThat(new MemoryClients(List.of(TestClients.app().build()), 42).decoysFor("x")).isEmpty();
    assertThat(new MemoryClients(List.of(), 42).decoysFor("x")).isEmpty();
  }
}
