package dev.postern.core;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Extension point: where the registered clients are. Thread-safe. */
public interface ClientRegistry {

  /**
   * The client with this id, disabled ones too.
   *
   * @throws UnavailableException when it cannot be told
   */
  Optional<Client> find(String clientId);

  /**
   * Whether a client of this id is registered and not switched off: what was issued to any other is
   * worth nothing any more.
   *
   * @throws UnavailableException when it cannot be told
   */
  default boolean isEnabled(String clientId) {
    return find(clientId).filter(client -> !client.isDisabled()).isPresent();
  }

  /**
   * Secrets of one of the clients, to be tried in vain for an id that has none, so that it costs
   * what a known one costs and timing does not tell them apart. The same id always gets the same;
   * where clients differ in the number or format of their secrets, the choice over ids follows
   * their mix. Empty when no client has secrets.
   */
  List<ClientSecret> decoysFor(String clientId);

  /**
   * Whether any client is registered with this scope-token, so that the operator can be told. Asked
   * only after a client that has proven itself was refused, and never to decide anything; {@code
   * false} where that is not known at no great cost.
   */
  default boolean isScopeRegistered(String scopeToken) {
    return false;
  }

  /**
   * All clients, for the operator's overview; empty where there may be too many to go through.
   *
   * @throws UnavailableException when it cannot be told
   */
  default Optional<Collection<Client>> overview() {
    return Optional.empty();
  }
}
