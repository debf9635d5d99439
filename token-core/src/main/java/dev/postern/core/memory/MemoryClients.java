package dev.postern.core.memory;

import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ClientSecret;
import dev.postern.core.KeyedHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registrations in memory, which never change. Thread-safe. */
public final class MemoryClients implements ClientRegistry {
  private final Map<String, Client> clients = new HashMap<>();
  private final List<List<ClientSecret>> decoys = new ArrayList<>();
  private final long seed;
  private volatile @Nullable Set<String> scopeTokens;

  /**
   * A registry of these clients.
   *
   * @param seed a number that callers cannot know and that stays the same from start to start, by
   *     which unknown ids are given decoys
   * @throws IllegalArgumentException when two have the same id
   */
  public MemoryClients(Collection<Client> clients, long seed) {
    for (Client client : clients) {
      if (this.clients.put(client.id(), client) != null) {
        throw new IllegalArgumentException("two clients have the id " + client.id());
      }
      if (!client.secrets().isEmpty()) {
        decoys.add(client.secrets());
      }
    }
    this.seed = seed;
  }

  @Override
  public Optional<Client> find(String clientId) {
    return Optional.ofNullable(clients.get(clientId));
  }

  @Override
  public List<ClientSecret> decoysFor(String clientId) {
    if (decoys.isEmpty()) {
      return List.of();
    }
    return decoys.get((int) Long.remainderUnsigned(KeyedHash.of(seed, clientId), decoys.size()));
  }

  @Override
  public Optional<Collection<Client>> overview() {
    return Optional.of(List.copyOf(clients.values()));
  }

  @Override
  public boolean isScopeRegistered(String scopeToken) {
    Set<String> known = scopeTokens;
    if (known == null) {
      // Seldom asked: collected when it first is. Two that do so at once come to the same.
      known = new HashSet<>();
      for (Client client : clients.values()) {
        known.addAll(client.scope().tokens());
      }
      scopeTokens = known;
    }
    return known.contains(scopeToken);
  }
}
