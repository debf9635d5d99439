package dev.postern.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The grant types that this endpoint knows; decides which grant may look at a request. Thread-safe.
 */
final class GrantTypes {
  private static final String SCOPE = "scope";

  private final Map<String, Grant> grants = new HashMap<>();

  GrantTypes(Collection<? extends Grant> grants) {
    for (Grant grant : grants) {
      if (this.grants.put(grant.grantType(), grant) != null) {
        throw new IllegalArgumentException("two grants for grant_type " + grant.grantType());
      }
    }
  }

  /** The request with the grant that may decide on it. */
  Outcome<GrantRequest> admit(AuthenticatedClient client) {
    Parameters parameters = client.request().parameters();
    Optional<String> grantType = parameters.find("grant_type");
    if (grantType.isEmpty()) {
      return Outcome.refused(StandardReason.PARAMETER_MISSING, "grant_type");
    }
    Grant grant = grants.get(grantType.get());
    if (grant == null) {
      return Outcome.refused(
          grantType.get().equals("password")
              ? StandardReason.PASSWORD_GRANT_OFF
              : StandardReason.GRANT_TYPE_UNSUPPORTED);
    }
    // "The authenticated client is not authorized to use this authorization grant type" (s5.2)
    if (!client.client().mayUse(grant.grantType())) {
      return Outcome.refused(StandardReason.GRANT_TYPE_NOT_REGISTERED);
    }
    boolean takesScope = false;
    for (ParameterSpec spec : grant.parameters()) {
      if (spec.isRequired() && !parameters.has(spec.name())) {
        return Outcome.refused(StandardReason.PARAMETER_MISSING, spec.name());
      }
      takesScope |= spec.name().equals(SCOPE);
    }
    Optional<String> scope = takesScope ? parameters.find(SCOPE) : Optional.empty();
    return scope.isEmpty()
        ? Outcome.of(new GrantRequest(client, grant, Optional.empty()))
        : parse(scope.get(), client.client())
            .then(asked -> Outcome.of(new GrantRequest(client, grant, Optional.of(asked))));
  }

  /**
   * Most clients ask for just what they are registered for: that scope need not be parsed again.
   */
  private static Outcome<Scope> parse(String scope, Client client) {
    return scope.equals(client.scope().toString())
        ? Outcome.of(client.scope())
        : Scope.parse(scope);
  }
}
