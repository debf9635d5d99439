package dev.postern.core;

/**
 * Extension point: a grant type (RFC 6749 s4; s4.5 for those of an application). Thread-safe.
 *
 * <p>When it is asked, the form is in order, the client is authenticated and registered for this
 * grant type, and all parameters declared as required are there. A grant only reads: what it wants
 * spent and issued it returns, and the endpoint has the store do both at once or neither. It may be
 * asked twice for one request, when somebody else was quicker to spend the same thing.
 */
public interface Grant extends GrantType {

  /**
   * Decides on the request.
   *
   * @throws UnavailableException when it cannot be decided
   */
  GrantDecision authorize(GrantRequest request);
}
