package dev.postern.core;

import java.util.Optional;

/**
 * A request whose form is in order; who sent it is not known yet. Only {@link RequestParser} makes
 * one. Immutable.
 */
public final class ParsedRequest {
  private final TokenRequest request;
  private final Parameters parameters;

  ParsedRequest(TokenRequest request) {
    this.request = request;
    this.parameters = new Parameters(request.form());
  }

  public AuthorizationHeader authorization() {
    return request.authorization();
  }

  public Parameters parameters() {
    return parameters;
  }

  /** Who asks, as failures are counted. */
  public String source() {
    return request.source();
  }

  /** What the container can do for this request. */
  public ResourceOwners resourceOwners() {
    return request.resourceOwners();
  }

  /** The client that the request claims to come from; unverified. */
  public Optional<String> claimedClient() {
    return request.claimedClient();
  }

  @Override
  public String toString() {
    return "ParsedRequest with " + parameters;
  }
}
