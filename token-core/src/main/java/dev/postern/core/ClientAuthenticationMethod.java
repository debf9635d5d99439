package dev.postern.core;

import java.util.List;
import java.util.Optional;

/**
 * Extension point: a way in which a client proves who it is (RFC 6749 s2.3), under its name in
 * {@code token_endpoint_auth_method}. Thread-safe.
 *
 * <p>The endpoint asks it only when the request uses no other mechanism beside it, and compares the
 * method with the client's registration afterwards: neither is this method's business. To hide
 * whether a client exists, a method does the same work for an unknown client as for a known one.
 */
public interface ClientAuthenticationMethod {

  /** The name under which clients are registered for it (RFC 7591 s2). */
  String name();

  /** The form parameters it reads beside {@code client_id}. */
  List<ParameterSpec> parameters();

  /**
   * What it takes from a request, for a refusal that names all that were used at once: the name of
   * the form parameter ({@code client_assertion}), or a few words. Methods that take the same are
   * one mechanism; one that has a {@link #scheme()} takes the {@code Authorization} header.
   */
  String mechanism();

  /**
   * The scheme of the {@code Authorization} header that it takes, for the challenge of a 401; empty
   * when it takes none.
   */
  default Optional<String> scheme() {
    return Optional.empty();
  }

  /** Whether the request carries what this method takes. */
  boolean isUsedIn(ParsedRequest request);

  /**
   * The client that the credentials prove, or why they prove none: a reason whose code is {@code
   * invalid_client}.
   *
   * @throws UnavailableException when it cannot be told
   */
  Outcome<Client> verify(ClientAttempt attempt);
}
