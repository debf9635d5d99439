package dev.postern.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The third step begins here: is the grant type one that this endpoint knows and this client may
 * use, and is all there that it requires? Thread-safe.
 */
final class GrantTypes {
  private final Map<String, GrantType> known = new HashMap<>();
  private final boolean isOpen;

  private GrantTypes(Collection<? extends GrantType> types, boolean isOpen) {
    for (GrantType type : types) {
      if (known.put(type.grantType(), type) != null) {
        throw new IllegalArgumentException("two grants for grant_type " + type.grantType());
      }
    }
    this.isOpen = isOpen;
  }

  /** These grant types and no other. */
  static GrantTypes only(Collection<? extends GrantType> types) {
    return new GrantTypes(types, false);
  }

  /** These, and all others that a client is registered for. */
  static GrantTypes atLeast(Collection<? extends GrantType> types) {
    return new GrantTypes(types, true);
  }

  /** The request, if a grant may decide on it. */
  Outcome<GrantRequest> admit(AuthenticatedClient client) {
    Parameters parameters = client.request().parameters();
    Optional<String> named = parameters.find("grant_type");
    if (named.isEmpty()) {
      return Outcome.refused(StandardReason.GRANT_TYPE_MISSING);
    }
    String name = named.get();
    boolean isRegistered = client.client().mayUse(name);
    GrantType type = known.get(name);
    if (type == null && isOpen && isRegistered) {
      type = GrantType.of(name, ParameterSpec.SCOPE);
    }
    if (type == null) {
      return Outcome.refused(
          name.equals("password")
              ? Refusal.of(StandardReason.PASSWORD_GRANT_OFF)
              : Refusal.of(StandardReason.GRANT_TYPE_UNSUPPORTED).withDetail(meant(name)));
    }
    // "The authenticated client is not authorized to use this authorization grant type" (s5.2)
    if (!isRegistered) {
      return Outcome.refused(StandardReason.GRANT_TYPE_NOT_REGISTERED);
    }
    return complete(type, client);
  }

  /** Which one it may be, in other letters or misspelt; the name that was sent is not repeated. */
  private String meant(String name) {
    for (String own : known.keySet()) {
      if (bones(own).equals(bones(name))) {
        return "is it " + own + "?";
      }
    }
    return "";
  }

  /** Its letters, but for s and z: there are "authorisation_code" and "client-credential". */
  private static String bones(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-rt-y]", "");
  }

  private static Outcome<GrantRequest> complete(GrantType type, AuthenticatedClient client) {
    Parameters parameters = client.request().parameters();
    boolean takesScope = false;
    for (ParameterSpec spec : type.parameters()) {
      if (spec.isRequired() && !parameters.has(spec.name())) {
        return Outcome.refused(StandardReason.PARAMETER_MISSING, spec.name());
      }
      takesScope |= spec.name().equals(ParameterSpec.SCOPE.name());
    }
    Optional<String> scope =
        takesScope ? parameters.find(ParameterSpec.SCOPE.name()) : Optional.empty();
    return scope.isEmpty()
        ? Outcome.of(new GrantRequest(client, type.grantType(), Optional.empty()))
        : parse(scope.get(), client.client())
            .then(
                asked ->
                    Outcome.of(new GrantRequest(client, type.grantType(), Optional.of(asked))));
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
