package dev.postern.servlet.doctor;

import dev.postern.core.Client;
import dev.postern.core.ClientSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Examines the registrations of clients. Immutable. */
public final class RegisteredClients {
  private final Collection<Client> clients;
  private final Instant now;

  /** Those that are registered at this time. */
  public RegisteredClients(Collection<Client> clients, Instant now) {
    this.clients = clients;
    this.now = now;
  }

  /**
   * What they give cause for.
   *
   * @param near how long before it expires a secret is told of
   * @param grantTypes those that were switched on for this deployment
   */
  public List<Finding> examine(Duration near, Collection<String> grantTypes) {
    List<Finding> findings = new ArrayList<>();
    if (clients.isEmpty()) {
      findings.add(new Finding(FindingKind.NO_CLIENTS, "nobody can ask for a token"));
      return findings;
    }
    for (Client client : clients) {
      if (!client.isDisabled()) {
        secrets(client, near, findings);
      }
    }
    for (String grantType : grantTypes) {
      if (!mayUse(grantType)) {
        findings.add(new Finding(FindingKind.GRANT_UNUSED, grantType));
      }
    }
    return findings;
  }

  /** Whether any of them may use this grant type. */
  public boolean mayUse(String grantType) {
    for (Client client : clients) {
      if (client.mayUse(grantType)) {
        return true;
      }
    }
    return false;
  }

  private void secrets(Client client, Duration near, List<Finding> findings) {
    List<ClientSecret> live = new ArrayList<>(client.secrets());
    live.removeIf(secret -> !secret.isLiveAt(now));
    if (live.isEmpty() && !client.secrets().isEmpty()) {
      findings.add(new Finding(FindingKind.NO_LIVE_SECRET, "client " + client.id()));
    }
    for (ClientSecret secret : live) {
      Optional<Instant> end = secret.expiresAt();
      if (end.isPresent() && !now.isBefore(end.get().minus(near))) {
        findings.add(
            new Finding(FindingKind.SECRET_EXPIRES, named(client, secret) + ", at " + end.get()));
      }
      if (secret.hash().isWeak()) {
        findings.add(new Finding(FindingKind.SECRET_HASH_WEAK, named(client, secret)));
      }
    }
  }

  private static String named(Client client, ClientSecret secret) {
    String name = secret.name().isEmpty() ? "" : ", the secret named " + secret.name();
    return "client " + client.id() + name;
  }
}
