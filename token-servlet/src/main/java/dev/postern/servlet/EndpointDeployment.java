package dev.postern.servlet;

import dev.postern.core.AuthorizationEndpoint;
import dev.postern.core.AuthorizationServer;
import dev.postern.core.ClientAuthenticator;
import dev.postern.core.ClientRegistry;
import dev.postern.core.CodeRules;
import dev.postern.core.ConsentStore;
import dev.postern.core.DryRun;
import dev.postern.core.Grant;
import dev.postern.core.IntrospectionEndpoint;
import dev.postern.core.Lifetimes;
import dev.postern.core.OpaqueTokens;
import dev.postern.core.RandomTokens;
import dev.postern.core.RequestParser;
import dev.postern.core.RevocationEndpoint;
import dev.postern.core.TokenEndpoint;
import dev.postern.core.TokenIssuer;
import dev.postern.core.TokenStore;
import dev.postern.core.grant.AuthorizationCodeGrant;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.grant.PasswordGrant;
import dev.postern.core.grant.RefreshTokenGrant;
import dev.postern.core.jdbc.JdbcStore;
import dev.postern.core.memory.MemoryConsents;
import dev.postern.core.memory.MemoryStore;
import dev.postern.servlet.figures.FigureNames;
import dev.postern.servlet.figures.Figures;
import dev.postern.servlet.figures.Publication;
import dev.postern.servlet.figures.StoreState;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@link TokenFilter} that has started. */
record EndpointDeployment(
    HttpFront front,
    FormEndpoint token,
    FormEndpoint introspection,
    FormEndpoint revocation,
    MetadataAnswers metadata,
    AuthorizationFront authorization,
    ErrorPages errorPages,
    TracePages tracePages,
    EndpointPaths paths,
    Runnable onClose) {

  /** An eighth of the heap, at 250 bytes an entry. */
  private static final long HEAP_BYTES_PER_ENTRY = 8 * 250;

  /** Some 3 MB. */
  private static final int MOST_CONSENTS = 10_000;

  private static final int MAX_ENTRIES = 10_000_000;

  /** Starts, or throws with one message that lists everything that is wrong. */
  static EndpointDeployment of(FilterConfig filter) throws ServletException {
    Assembly assembly = new Assembly(filter);
    Configuration configuration = assembly.configuration;
    configuration.expectEndpoint();
    EndpointPaths paths = paths(assembly);
    Lifetimes lifetimes = configuration.lifetimes();
    RandomTokens random = new RandomTokens(assembly.random);
    TokenStore store = store(assembly);
    List<Grant> grants = grants(assembly, store);
    Set<String> grantTypes = new LinkedHashSet<>();
    for (Grant grant : grants) {
      if (!grantTypes.add(grant.grantType())) {
        configuration.problem("there are two grants for grant_type " + grant.grantType());
      }
    }
    // A client may be registered for the password grant while that is off.
    grantTypes.add(PasswordGrant.TYPE.grantType());
    RequestParser parser = assembly.parser(grants);
    ClientRegistry clients = assembly.clients(grantTypes);
    TokenIssuer issuer =
        assembly.extensions.only(TokenIssuer.class).orElseGet(() -> new OpaqueTokens(random));
    ErrorPages errorPages = new ErrorPages();
    Doctor doctor = new Doctor(assembly, paths, clients, chosenGrants(assembly));
    assembly.checkAdminRole(paths.errorPagesBase());
    Figures figures = new Figures(state(store), assembly::tracesDropped);
    JsonAnswers answers = assembly.answers(paths.errorPagesBase());
    HttpFront front = assembly.front(answers, figures);
    ConsentStore consents = consents(assembly);
    CodeRules rules = new CodeRules(clients, configuration.flag("requirePkce"));
    AuthorizationServer server = new AuthorizationServer(rules, store, consents, random, lifetimes);
    AuthorizationFront authorization =
        assembly.authorization(
            front,
            new AuthorizationEndpoint(rules, server, consents, configuration.text("issuer")),
            paths.errorPagesBase());
    assembly.check();
    doctor.report(assembly.log);
    ClientAuthenticator authenticator = assembly.authenticator(clients);
    Rehearsals rehearsals =
        assembly.rehearsals(new DryRun(authenticator, parser, grants), parser, paths.tokenPath());
    TracePages tracePages = assembly.tracePages(errorPages, doctor, rehearsals);

    TokenEndpoint endpoint =
        new TokenEndpoint(authenticator, parser, grants, issuer, store, random, lifetimes);
    ResourceFront resources =
        new ResourceFront(server, front, assembly.transport, answers, assembly.clock);
    Publication publication =
        Publication.of(
            figures,
            new FigureNames(assembly.context().getContextPath(), filter.getFilterName()),
            assembly.context().getClassLoader(),
            assembly.log);
    List<Runnable> onClose =
        List.of(
            publication::close,
            Published.publish(filter, ResourceFront.class, resources),
            Published.publish(filter, AuthorizationServer.class, server),
            assembly::close);
    return new EndpointDeployment(
        front,
        new FormEndpoint(front, parser, tokenAnswers(assembly, front, endpoint)),
        introspection(assembly, front, authenticator, store),
        revocation(assembly, front, authenticator, store),
        new MetadataAnswers(front, answers, metadata(assembly, paths, grants)),
        authorization,
        errorPages,
        tracePages,
        paths,
        () -> onClose.forEach(Runnable::run));
  }

  /** All that is true of this deployment; empty when it has no issuer. */
  private static Optional<Metadata> metadata(
      Assembly assembly, EndpointPaths paths, List<Grant> grants) {
    return assembly
        .configuration
        .url("issuer")
        .map(
            issuer ->
                new Metadata(
                    issuer,
                    paths,
                    path -> assembly.publicUrl(issuer, paths, path),
                    grants.stream().map(Grant::grantType).toList(),
                    assembly.methods().stream().map(method -> method.name()).toList()));
  }

  private static TokenAnswers tokenAnswers(
      Assembly assembly, HttpFront front, TokenEndpoint endpoint) {
    Configuration configuration = assembly.configuration;
    Optional<URI> address = configuration.url("publicUrl").or(() -> configuration.url("issuer"));
    return new TokenAnswers(front, endpoint, address, assembly.sightings);
  }

  /** Those that are not on in any case. */
  private static List<String> chosenGrants(Assembly assembly) {
    List<String> chosen = new ArrayList<>();
    if (assembly.configuration.flag("passwordGrant")) {
      chosen.add(PasswordGrant.TYPE.grantType());
    }
    assembly.extensions.all(Grant.class).forEach(grant -> chosen.add(grant.grantType()));
    return chosen;
  }

  private static FormEndpoint introspection(
      Assembly assembly, HttpFront front, ClientAuthenticator authenticator, TokenStore store) {
    RequestParser parser = IntrospectionEndpoint.parser(assembly.methods());
    return new FormEndpoint(
        front,
        parser,
        new IntrospectionAnswers(
            front,
            new IntrospectionEndpoint(authenticator, parser, store),
            assembly.configuration.url("issuer"),
            assembly.clock));
  }

  private static FormEndpoint revocation(
      Assembly assembly, HttpFront front, ClientAuthenticator authenticator, TokenStore store) {
    RequestParser parser = RevocationEndpoint.parser(assembly.methods());
    return new FormEndpoint(
        front,
        parser,
        new RevocationAnswers(front, new RevocationEndpoint(authenticator, parser, store)));
  }

  private static EndpointPaths paths(Assembly assembly) {
    String name = assembly.filter.getFilterName();
    FilterRegistration registration = assembly.context().getFilterRegistration(name);
    Collection<String> mappings =
        registration == null ? List.of() : registration.getUrlPatternMappings();
    EndpointPaths paths;
    try {
      paths = EndpointPaths.of(assembly.configuration.path(), mappings);
    } catch (IllegalArgumentException e) {
      assembly.configuration.problem(String.valueOf(e.getMessage()));
      paths = EndpointPaths.of(Optional.of("/oauth"), List.of());
    }
    if (assembly.configuration.url("issuer").isPresent()) {
      paths = paths.withMetadata(assembly.configuration.url("issuer").get());
    }
    return assembly.configuration.flag("errorPages", true) ? paths.withErrorPages() : paths;
  }

  private static TokenStore store(Assembly assembly) {
    Optional<TokenStore> found = assembly.extensions.only(TokenStore.class);
    if (found.isPresent()) {
      if (assembly.database.isPresent()) {
        assembly.configuration.problem(
            "dataSource", "nothing, as the application brings " + found.get().getClass().getName());
      }
      return found.get();
    }
    if (assembly.database.isPresent()) {
      return assembly.database.get();
    }
    assembly.warn(
        "codes and tokens are kept in the memory of this process: they are gone when it ends, and no"
            + " other node knows them");
    long entries = Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_ENTRY;
    return new MemoryStore(assembly.clock, (int) Math.min(entries, MAX_ENTRIES));
  }

  private static ConsentStore consents(Assembly assembly) {
    return assembly
        .extensions
        .only(ConsentStore.class)
        .or(() -> assembly.database.map(JdbcStore::consents))
        .orElseGet(() -> new MemoryConsents(MOST_CONSENTS));
  }

  private static StoreState state(TokenStore store) {
    if (store instanceof MemoryStore memory) {
      return new StoreState("memory", memory::size);
    }
    return StoreState.of(store instanceof JdbcStore ? "database" : store.getClass().getName());
  }

  private static List<Grant> grants(Assembly assembly, TokenStore store) {
    List<Grant> grants =
        new ArrayList<>(
            List.of(
                new ClientCredentialsGrant(),
                new AuthorizationCodeGrant(store),
                new RefreshTokenGrant(store)));
    if (assembly.configuration.flag("passwordGrant")) {
      assembly.warn("passwordGrant: RFC 9700 s2.4 forbids it for new systems");
      grants.add(new PasswordGrant(assembly.failures));
    }
    grants.addAll(assembly.extensions.all(Grant.class));
    return grants;
  }

  void close() {
    onClose.run();
  }
}
