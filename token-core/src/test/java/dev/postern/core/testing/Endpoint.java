package dev.postern.core.testing;

import dev.postern.core.ActiveToken;
import dev.postern.core.AuthorizationHeader;
import dev.postern.core.AuthorizationServer;
import dev.postern.core.Client;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.ClientAuthenticator;
import dev.postern.core.ClientRegistry;
import dev.postern.core.CodeRequest;
import dev.postern.core.CodeRules;
import dev.postern.core.DryRun;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Form;
import dev.postern.core.Grant;
import dev.postern.core.IntrospectionEndpoint;
import dev.postern.core.Lifetimes;
import dev.postern.core.OpaqueTokens;
import dev.postern.core.Outcome;
import dev.postern.core.RandomTokens;
import dev.postern.core.Refusal;
import dev.postern.core.RequestGuard;
import dev.postern.core.RequestParser;
import dev.postern.core.RevocationEndpoint;
import dev.postern.core.SharedFailures;
import dev.postern.core.TokenEndpoint;
import dev.postern.core.TokenIssuer;
import dev.postern.core.TokenRequest;
import dev.postern.core.TokenResult;
import dev.postern.core.TokenStore;
import dev.postern.core.client.ClientSecretBasic;
import dev.postern.core.client.ClientSecretPost;
import dev.postern.core.client.PublicClient;
import dev.postern.core.grant.AuthorizationCodeGrant;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.grant.PasswordGrant;
import dev.postern.core.grant.RefreshTokenGrant;
import dev.postern.core.memory.MemoryClients;
import dev.postern.core.memory.MemoryConsents;
import dev.postern.core.memory.MemoryStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A whole token endpoint with everything that comes with it, on a clock that tests set. */
public final class Endpoint {
  private final SettableClock clock;
  private final TokenStore store;
  private final TokenEndpoint endpoint;
  private final RequestGuard guard;
  private final DryRun dryRun;
  private final IntrospectionEndpoint introspection;
  private final RevocationEndpoint revocation;
  private final AuthorizationServer server;

  private Endpoint(Builder builder) {
    this.clock = builder.clock;
    this.store = builder.storeWrapper.apply(new MemoryStore(clock, 100_000));
    ClientRegistry clients =
        builder.registry.orElseGet(() -> new MemoryClients(builder.clients, 42));
    FailureLimiter failures = new FailureLimiter(builder.failureLimit, clock, 42, builder.shared);
    RandomTokens random = new RandomTokens(new SecureRandom());

    List<Grant> grants = new ArrayList<>();
    grants.add(new ClientCredentialsGrant());
    grants.add(new AuthorizationCodeGrant(store));
    grants.add(new RefreshTokenGrant(store));
    if (builder.withPassword) {
      grants.add(new PasswordGrant(failures));
    }
    grants.addAll(builder.grants);
    List<ClientAuthenticationMethod> methods =
        new ArrayList<>(
            List.of(new ClientSecretBasic(), new ClientSecretPost(), new PublicClient()));
    methods.addAll(builder.methods);

    ClientAuthenticator authenticator = new ClientAuthenticator(methods, clients, failures, clock);
    RequestParser parser = new RequestParser(grants, methods);
    this.endpoint =
        new TokenEndpoint(
            authenticator,
            parser,
            grants,
            builder.issuer.orElseGet(() -> new OpaqueTokens(random)),
            store,
            random,
            builder.lifetimes);
    this.guard = new RequestGuard(authenticator, parser, grants);
    this.dryRun = new DryRun(authenticator, parser, grants);
    this.introspection =
        new IntrospectionEndpoint(authenticator, IntrospectionEndpoint.parser(methods), store);
    this.revocation =
        new RevocationEndpoint(authenticator, RevocationEndpoint.parser(methods), store);
    this.server =
        new AuthorizationServer(
            new CodeRules(clients, false),
            store,
            new MemoryConsents(100),
            random,
            builder.lifetimes,
            Optional.empty());
  }

  /** One that knows {@link TestClients#all}. */
  public static Endpoint standard() {
    return builder().build();
  }

  /** One that knows these clients. */
  public static Endpoint of(Client... clients) {
    return builder().clients(List.of(clients)).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  public TokenResult handle(AuthorizationHeader authorization, Form form) {
    return endpoint.handle(TokenRequest.of(authorization, form));
  }

  public TokenResult handle(TokenRequest request) {
    return endpoint.handle(request);
  }

  /** Why this would be refused, if it would be. */
  public Optional<Refusal> examine(AuthorizationHeader authorization, Form form) {
    return outlook(authorization, form).refusal();
  }

  /** The same with what was believed. */
  public DryRun.Outlook outlook(AuthorizationHeader authorization, Form form) {
    return dryRun.examine(TokenRequest.of(authorization, form));
  }

  /** A code that was issued for this. */
  public String code(CodeRequest request) {
    return server
        .issueCode(request)
        .fold(
            issued -> issued.code().reveal(),
            refusal -> {
              throw new AssertionError(refusal.toString());
            });
  }

  /** What the introspection endpoint says to this form. */
  public Outcome<Optional<ActiveToken>> introspect(AuthorizationHeader header, Form form) {
    return introspection.handle(TokenRequest.of(header, form));
  }

  /** What the revocation endpoint says to this form. */
  public Outcome<RevocationEndpoint.Done> revoke(AuthorizationHeader header, Form form) {
    return revocation.handle(TokenRequest.of(header, form));
  }

  public RequestGuard guard() {
    return guard;
  }

  public AuthorizationServer server() {
    return server;
  }

  public TokenStore store() {
    return store;
  }

  public SettableClock clock() {
    return clock;
  }

  /** Collects what differs from the standard. */
  public static final class Builder {
    private SettableClock clock = new SettableClock();
    private Collection<Client> clients = TestClients.all();
    private Optional<ClientRegistry> registry = Optional.empty();
    private Optional<TokenIssuer> issuer = Optional.empty();
    private Lifetimes lifetimes = Lifetimes.STANDARD;
    private int failureLimit = 30;
    private SharedFailures shared = SharedFailures.NONE;
    private boolean withPassword = true;
    private UnaryOperator<TokenStore> storeWrapper = UnaryOperator.identity();
    private final List<Grant> grants = new ArrayList<>();
    private final List<ClientAuthenticationMethod> methods = new ArrayList<>();

    private Builder() {}

    public Builder clock(SettableClock settable) {
      this.clock = settable;
      return this;
    }

    public Builder clients(Collection<Client> registered) {
      this.clients = registered;
      return this;
    }

    public Builder registry(ClientRegistry other) {
      this.registry = Optional.of(other);
      return this;
    }

    public Builder issuer(TokenIssuer other) {
      this.issuer = Optional.of(other);
      return this;
    }

    public Builder lifetimes(Lifetimes other) {
      this.lifetimes = other;
      return this;
    }

    public Builder failureLimit(int limit) {
      this.failureLimit = limit;
      return this;
    }

    public Builder sharedFailures(SharedFailures ofAllNodes) {
      this.shared = ofAllNodes;
      return this;
    }

    public Builder withoutPassword() {
      this.withPassword = false;
      return this;
    }

    /** A store in front of the memory store. */
    public Builder store(UnaryOperator<TokenStore> wrapper) {
      this.storeWrapper = wrapper;
      return this;
    }

    public Builder grant(Grant grant) {
      this.grants.add(grant);
      return this;
    }

    public Builder method(ClientAuthenticationMethod method) {
      this.methods.add(method);
      return this;
    }

    public Endpoint build() {
      return new Endpoint(this);
    }
  }
}
