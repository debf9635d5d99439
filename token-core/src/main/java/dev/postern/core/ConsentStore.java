package dev.postern.core;

import java.util.Optional;

/**
 * Extension point: what users have allowed clients, so that nobody is asked twice. Thread-safe. To
 * forget something is harmless: the user is asked again.
 */
public interface ConsentStore {

  /**
   * What a user has allowed a client so far; empty when the user was never asked.
   *
   * @throws UnavailableException when it cannot be told
   */
  Optional<Scope> find(String clientId, String subject);

  /**
   * Remembers what a user has allowed a client, in place of what was remembered before.
   *
   * @throws UnavailableException when the store is not to be had
   */
  void save(String clientId, String subject, Scope scope);

  /** Forgets what a user has allowed, whichever client. */
  void forgetSubject(String subject);

  /** Forgets what a client was allowed, by whichever user. */
  void forgetClient(String clientId);
}
