package dev.postern.it.app;

import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ClientSecret;
import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.util.List;
import java.util.Optional;

/** A registry of an application that has lost its database. */
public final class LostRegistry implements ClientRegistry {
  /** Made by its name in {@code extensions}. */
  public LostRegistry() {}

  @Override
  public Optional<Client> find(String clientId) {
    throw new UnavailableException(StandardReason.CLIENTS_UNAVAILABLE, "no connection");
  }

  @Override
  public List<ClientSecret> decoysFor(String clientId) {
    return List.of();
  }
}
