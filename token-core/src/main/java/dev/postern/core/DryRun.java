package dev.postern.core;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Tells an operator what would come of a token request. Nothing is spent, issued, revoked or
 * counted. It is no oracle: the client is taken at its word and so is a user, so nobody learns
 * whether a secret or a password is right; of a code or token it tells that it is known, and its
 * state. Thread-safe.
 */
public final class DryRun {
  private final RequestParser parser;
  private final ClientAuthenticator authenticator;
  private final GrantTypes grantTypes;
  private final Map<String, Grant> grants = new HashMap<>();

  public DryRun(
      ClientAuthenticator authenticator, RequestParser parser, Collection<? extends Grant> grants) {
    this.parser = parser;
    this.authenticator = authenticator;
    this.grantTypes = GrantTypes.only(grants);
    grants.forEach(grant -> this.grants.put(grant.grantType(), grant));
  }

  /** What would come of the request. */
  public Outlook examine(TokenRequest request) {
    Set<Check> believed = EnumSet.of(Check.CLIENT);
    ResourceOwners users =
        (username, password) -> {
          believed.add(Check.GRANT);
          return Outcome.of(username);
        };
    TokenRequest harmless =
        new TokenRequest(request.authorization(), request.form(), request.source(), users);
    return new Outlook(refusal(harmless), believed);
  }

  private Optional<Refusal> refusal(TokenRequest request) {
    try {
      return parser
          .parse(request)
          .then(authenticator::believe)
          .then(grantTypes::admit)
          .fold(this::decide, Optional::of);
    } catch (UnavailableException e) {
      return Optional.of(e.refusal());
    }
  }

  /** A grant only reads; what it would have revoked stays. */
  private Optional<Refusal> decide(GrantRequest request) {
    Grant grant = Objects.requireNonNull(grants.get(request.grantType()));
    return grant.authorize(request) instanceof GrantDecision.Refuse refuse
        ? Optional.of(
            ScopeNearMiss.explained(
                refuse.refusal(),
                request.requestedScope(),
                request.client().client(),
                authenticator.clients()))
        : Optional.empty();
  }

  /**
   * What would come of a request. Immutable.
   *
   * @param refusal why it would be refused; empty when tokens would be issued
   * @param believed the checks in which somebody was taken at their word
   */
  public record Outlook(Optional<Refusal> refusal, Set<Check> believed) {
    public Outlook {
      believed = Set.copyOf(believed);
    }

    /** Of a request that does not come as far as the client. */
    public static Outlook refused(Refusal refusal) {
      return new Outlook(Optional.of(refusal), Set.of());
    }
  }
}
