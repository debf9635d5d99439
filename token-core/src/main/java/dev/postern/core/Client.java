package dev.postern.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registered client (RFC 6749 s2), in the terms of RFC 7591 s2. Its {@linkplain Builder builder}
 * refuses registrations that make no sense, so those that exist do. Immutable.
 */
public final class Client {
  /** {@code token_endpoint_auth_method} of a public client (RFC 7591 s2). */
  public static final String PUBLIC = "none";

  private final String id;
  private final String name;
  private final String authenticationMethod;
  private final List<ClientSecret> secrets;
  private final Set<String> grantTypes;
  private final Scope scope;
  private final Scope ignoredScope;
  private final Set<String> redirectUris;
  private final boolean plainChallengeAllowed;
  private final boolean introspectionAllowed;
  private final boolean consentSkipped;
  private final boolean disabled;

  private Client(Builder builder) {
    this.id = builder.id;
    this.name = builder.name;
    this.authenticationMethod = builder.authenticationMethod;
    this.secrets = List.copyOf(builder.secrets);
    this.grantTypes = Set.copyOf(builder.grantTypes);
    this.scope = builder.scope;
    this.ignoredScope = builder.ignoredScope;
    this.redirectUris = new LinkedHashSet<>(builder.redirectUris);
    this.plainChallengeAllowed = builder.plainChallengeAllowed;
    this.introspectionAllowed = builder.introspectionAllowed;
    this.consentSkipped = builder.consentSkipped;
    this.disabled = builder.disabled;
  }

  public static Builder withId(String id) {
    return new Builder(id);
  }

  /** {@code client_id}. */
  public String id() {
    return id;
  }

  /** {@code client_name}; may be empty. */
  public String name() {
    return name;
  }

  /** {@code token_endpoint_auth_method}: the only way in which it may authenticate. */
  public String authenticationMethod() {
    return authenticationMethod;
  }

  /** Whether it has no credentials (RFC 6749 s2.1). */
  public boolean isPublic() {
    return authenticationMethod.equals(PUBLIC);
  }

  /** Its secrets, expired ones too. */
  public List<ClientSecret> secrets() {
    return secrets;
  }

  /** Whether it is registered for this {@code grant_type}. */
  public boolean mayUse(String grantType) {
    return grantTypes.contains(grantType);
  }

  /** {@code grant_types}. */
  public Set<String> grantTypes() {
    return grantTypes;
  }

  /** What it may ask for, and what it gets when it does not say. */
  public Scope scope() {
    return scope;
  }

  /**
   * What is granted out of {@code allowed} when the request names {@code asked}: all of it when it
   * names nothing, else what it names (RFC 6749 s3.3). What the registration says to ignore is not
   * counted as named.
   */
  Outcome<Scope> scopeWithin(Scope allowed, Scope asked) {
    Scope counted = asked.without(ignoredScope.without(allowed));
    if (!allowed.containsAll(counted)) {
      return Outcome.refused(StandardReason.SCOPE_NOT_ALLOWED, "scope");
    }
    return Outcome.of(counted.isEmpty() || counted.equals(allowed) ? allowed : counted);
  }

  /** What it may name without effect. */
  public Scope ignoredScope() {
    return ignoredScope;
  }

  /** Whether {@code uri} is one of its redirect URIs; the port of one on loopback is free. */
  public boolean hasRedirectUri(String uri) {
    return redirectUris.contains(uri)
        || redirectUris.stream().anyMatch(own -> RedirectUris.same(own, uri));
  }

  Set<String> redirectUris() {
    return redirectUris;
  }

  /** The redirect URI, when there is exactly one. */
  public Optional<String> onlyRedirectUri() {
    return redirectUris.size() == 1 ? redirectUris.stream().findFirst() : Optional.empty();
  }

  /**
   * Whether it may use {@code code_challenge_method=plain} (RFC 7636 s4.2 has it for old devices).
   */
  public boolean isPlainChallengeAllowed() {
    return plainChallengeAllowed;
  }

  /** Whether it may ask what tokens mean, those of other clients too (RFC 7662 s2.1). */
  public boolean isIntrospectionAllowed() {
    return introspectionAllowed;
  }

  /** Whether it is the operator's own application, for which no user is asked for consent. */
  public boolean isConsentSkipped() {
    return consentSkipped;
  }

  /** Whether the operator has switched it off. */
  public boolean isDisabled() {
    return disabled;
  }

  @Override
  public String toString() {
    return "Client " + id;
  }

  /** Collects a registration. Not thread-safe. */
  public static final class Builder {
    private static final int MAX_SECRETS = 4;

    private final String id;
    private String name = "";
    private String authenticationMethod = "client_secret_basic";
    private final List<ClientSecret> secrets = new ArrayList<>();
    private final Set<String> grantTypes = new LinkedHashSet<>();
    private Scope scope = Scope.EMPTY;
    private Scope ignoredScope = Scope.EMPTY;
    private final Set<String> redirectUris = new LinkedHashSet<>();
    private boolean plainChallengeAllowed;
    private boolean introspectionAllowed;
    private boolean consentSkipped;
    private boolean disabled;

    private Builder(String id) {
      this.id = id;
    }

    public Builder name(String text) {
      this.name = text;
      return this;
    }

    public Builder authenticationMethod(String method) {
      this.authenticationMethod = method;
      return this;
    }

    public Builder secret(ClientSecret secret) {
      this.secrets.add(secret);
      return this;
    }

    public Builder grantTypes(String... types) {
      this.grantTypes.addAll(List.of(types));
      return this;
    }

    public Builder scope(Scope allowed) {
      this.scope = allowed;
      return this;
    }

    public Builder ignoredScope(Scope ignored) {
      this.ignoredScope = ignored;
      return this;
    }

    public Builder redirectUris(String... uris) {
      this.redirectUris.addAll(List.of(uris));
      return this;
    }

    public Builder plainChallengeAllowed(boolean allowed) {
      this.plainChallengeAllowed = allowed;
      return this;
    }

    public Builder introspectionAllowed(boolean allowed) {
      this.introspectionAllowed = allowed;
      return this;
    }

    public Builder consentSkipped(boolean skipped) {
      this.consentSkipped = skipped;
      return this;
    }

    public Builder disabled(boolean off) {
      this.disabled = off;
      return this;
    }

    /** All that makes no sense about it, in sentences for the operator; empty when it does. */
    public List<String> problems() {
      List<String> problems = new ArrayList<>();
      if (id.isEmpty() || !ParameterSpec.hasNoControls(id)) {
        problems.add("client_id has to be text without control characters");
      }
      if (authenticationMethod.equals(PUBLIC)) {
        if (!secrets.isEmpty()) {
          problems.add("a client with token_endpoint_auth_method none has no secrets");
        }
        // "MUST only be used by confidential clients" (RFC 6749 s4.4)
        if (grantTypes.contains("client_credentials")) {
          problems.add("client_credentials needs a token_endpoint_auth_method other than none");
        }
        // "the endpoint MUST also require some form of authorization to access" (RFC 7662 s2.1)
        if (introspectionAllowed) {
          problems.add("introspection needs a token_endpoint_auth_method other than none");
        }
      } else if (authenticationMethod.startsWith("client_secret_") && secrets.isEmpty()) {
        problems.add(authenticationMethod + " needs at least one entry in secrets");
      }
      if (secrets.size() > MAX_SECRETS) {
        problems.add(
            "more than " + MAX_SECRETS + " secrets: each costs a hash on every failed attempt");
      }
      // Who may introspect can be a resource server, which never asks for a token.
      if (grantTypes.isEmpty() && !introspectionAllowed) {
        problems.add("grant_types names no grant type");
      }
      if (grantTypes.contains("authorization_code") && redirectUris.isEmpty()) {
        problems.add("authorization_code needs at least one entry in redirect_uris");
      }
      for (String uri : redirectUris) {
        RedirectUris.problem(uri).ifPresent(problems::add);
      }
      return problems;
    }

    /** The client. */
    public Client build() {
      List<String> problems = problems();
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException("client " + id + ": " + String.join("; ", problems));
      }
      return new Client(this);
    }
  }
}
