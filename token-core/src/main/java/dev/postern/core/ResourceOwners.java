package dev.postern.core;

/**
 * Checks a resource owner's password where that can be done: in the container's own realm, for the
 * request at hand (RFC 6749 s4.3.2). Made for one request and used by one thread.
 */
@FunctionalInterface
public interface ResourceOwners {

  /**
   * The name by which the user is known from here on, or a refusal: {@link
   * StandardReason#PASSWORD_REFUSED}, {@link StandardReason#USER_ALREADY_LOGGED_IN}.
   *
   * @throws UnavailableException when the realm cannot tell
   */
  Outcome<String> authenticate(String username, Secret password);

  /** For requests that come from no container: nobody's password is right. */
  static ResourceOwners none() {
    return (username, password) -> Outcome.refused(StandardReason.PASSWORD_REFUSED);
  }
}
