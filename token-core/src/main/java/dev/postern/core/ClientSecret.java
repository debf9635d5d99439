package dev.postern.core;

import java.time.Instant;
import java.util.Optional;

/**
 * One of the secrets of a client.
 *
 * @param hash all that is kept of it
 * @param expiresAt when it ends; the instant itself is too late. Empty: never
 * @param name what the operator calls it; may be empty
 */
public record ClientSecret(SecretHash hash, Optional<Instant> expiresAt, String name) {

  /** Whether it may still be used at {@code now}. */
  public boolean isLiveAt(Instant now) {
    return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
  }

  @Override
  public String toString() {
    return "ClientSecret " + name;
  }
}
