package dev.postern.core;

import java.util.Optional;

/**
 * What reached the token endpoint, decoded but unverified, free of HTTP.
 *
 * @param authorization the credentials of the {@code Authorization} header, as found
 * @param form the decoded body, never the query
 * @param source who asks, as failures are counted: the client's network address; may be empty
 * @param resourceOwners what only the container can do for this request
 */
public record TokenRequest(
    AuthorizationHeader authorization, Form form, String source, ResourceOwners resourceOwners) {

  public static TokenRequest of(AuthorizationHeader authorization, Form form) {
    return new TokenRequest(authorization, form, "", ResourceOwners.none());
  }

  /** The client that the request claims to come from; unverified, empty when it does not say. */
  public Optional<String> claimedClient() {
    return authorization.claimedClient().or(() -> form.first("client_id"));
  }
}
