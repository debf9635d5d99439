package dev.postern.servlet;

import dev.postern.core.AuthorizationEndpoint;
import dev.postern.core.AuthorizationServer;
import dev.postern.core.ClientAuthenticator;
import dev.postern.core.ClientRegistry;
import dev.postern.core.CodeRules;
import dev.postern.core.DryRun;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Grant;
import dev.postern.core.IntrospectionEndpoint;
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
import dev.postern.servlet.doctor.Descriptors;
import dev.postern.servlet.dryrun.PastedReader;
import dev.postern.servlet.dryrun.Rehearsals;
import dev.postern.servlet.figures.FigureNames;
import dev.postern.servlet.figures.Figures;
import dev.postern.servlet.figures.Publication;
import dev.postern.servlet.settings.Configuration;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts together what the {@link TokenFilter} is made of beside what both filters share. Used once,
 * by one thread; what {@link Lazy} makes of it later only reads it.
 */
final class EndpointAssembly {
  private static final Set<String> ALWAYS_ON =
      Set.of(
          ClientCredentialsGrant.TYPE.grantType(),
          AuthorizationCodeGrant.TYPE.grantType(),
          RefreshTokenGrant.TYPE.grantType());

  private final Assembly assembly;
  private final Configuration configuration;
  private final EndpointPaths paths;
  private final RandomTokens random;
  private final KeptState state;
  private final TokenStore store;
  private final List<Grant> grants;
  private final RequestParser parser;
  private final ClientRegistry clients;
  private final TokenIssuer issuer;
  private final CodeRules rules;
  private final AuthorizationServer server;
  private final Figures figures;
  private final Descriptors descriptors;
  private final JsonAnswers answers;
  private final HttpFront front;

  EndpointAssembly(Assembly assembly) {
    this.assembly = assembly;
    this.configuration = assembly.configuration;
    configuration.expectEndpoint();
    this.paths = paths();
    this.random = new RandomTokens(assembly.random);
    this.state = KeptState.of(assembly);
    this.store = state.tokens();
    this.grants = grants();
    this.parser = assembly.parser(grants);
    this.clients = assembly.clients(grantTypes());
    this.issuer =
        assembly.extensions.only(TokenIssuer.class).orElseGet(() -> new OpaqueTokens(random));
    this.rules = new CodeRules(clients, configuration.flag("requirePkce"));
    this.server =
        new AuthorizationServer(
            rules,
            store,
            state.consents(),
            random,
            configuration.lifetimes(),
            configuration.text("issuer"));
    this.figures = new Figures(state.figures(), assembly::tracesDropped);
    this.descriptors = Doctor.descriptors(assembly, paths);
    this.answers = assembly.answers(paths.errorPagesBase());
    this.front = assembly.front(answers, figures, true, paths::endpoint);
  }

  /** The running filter; or nothing of it, and one message that lists everything that is wrong. */
  EndpointDeployment deploy() throws ServletException {
    Optional<ConsentPage> consentPage = assembly.extensions.only(ConsentPage.class);
    Doctor doctor = new Doctor(assembly, descriptors, clients, chosenGrants());
    checkAdminRole();
    assembly.check();

    ClientAuthenticator authenticator = assembly.authenticator(clients);
    ErrorPages errorPages = new ErrorPages();
    FormEndpoint token = token(authenticator);
    doctor.report(assembly);
    assembly.json.await();
    assembly.tell(doctor.jsonProvider());
    return new EndpointDeployment(
        front,
        token,
        new Lazy<>(() -> introspection(authenticator)),
        new Lazy<>(() -> revocation(authenticator)),
        new Lazy<>(() -> new MetadataAnswers(front, answers, metadata())),
        new Lazy<>(() -> authorization(consentPage)),
        errorPages,
        new Lazy<>(() -> tracePages(errorPages, doctor, rehearsals(authenticator))),
        paths,
        // At the very end: of a filter that does not start, nothing is to be found.
        publish());
  }

  /**
   * Makes known to others of the application, and to JMX, what they look for; says how all is ended
   * again.
   */
  private Runnable publish() {
    ServletContext context = assembly.context();
    ResourceFront resources =
        new ResourceFront(server, front, assembly.transport, answers, assembly.clock);
    List<Runnable> onClose =
        List.of(
            Published.publish(assembly.filter, ResourceFront.class, resources),
            Published.publish(assembly.filter, AuthorizationServer.class, server),
            Publication.of(
                    figures,
                    new FigureNames(context.getContextPath(), assembly.filter.getFilterName()),
                    context.getClassLoader(),
                    assembly.log)
                ::close,
            assembly::close);
    return () -> onClose.forEach(Runnable::run);
  }

  // Endpoints

  private FormEndpoint token(ClientAuthenticator authenticator) {
    TokenEndpoint endpoint =
        new TokenEndpoint(
            authenticator, parser, grants, issuer, store, random, configuration.lifetimes());
    return new FormEndpoint(
        front,
        parser,
        new TokenAnswers(front, endpoint, assembly.urls.configured(), assembly.sightings));
  }

  private FormEndpoint introspection(ClientAuthenticator authenticator) {
    RequestParser ofTokens = IntrospectionEndpoint.parser(assembly.methods());
    return new FormEndpoint(
        front,
        ofTokens,
        new IntrospectionAnswers(
            front,
            new IntrospectionEndpoint(authenticator, ofTokens, store),
            configuration.url("issuer"),
            assembly.clock));
  }

  private FormEndpoint revocation(ClientAuthenticator authenticator) {
    RequestParser ofTokens = RevocationEndpoint.parser(assembly.methods());
    return new FormEndpoint(
        front,
        ofTokens,
        new RevocationAnswers(front, new RevocationEndpoint(authenticator, ofTokens, store)));
  }

  private AuthorizationFront authorization(Optional<ConsentPage> consentPage) {
    AuthorizationEndpoint endpoint = new AuthorizationEndpoint(rules, server, state.consents());
    AuthorizationAnswers writer =
        new AuthorizationAnswers(
            front,
            assembly.urls.errorPages(paths.errorPagesBase()),
            consentPage,
            new ScopeTexts(assembly.context(), assembly.log));
    OwnCookies cookies = new OwnCookies(assembly.transport);
    ConsentForm form = new ConsentForm(random, cookies, configuration.lifetimes(), assembly.clock);
    return new AuthorizationFront(front, endpoint, form, new FreshLogin(cookies), writer);
  }

  /** All that is true of this deployment; empty when it has no issuer. */
  private Optional<Metadata> metadata() {
    return configuration
        .url("issuer")
        .map(
            url ->
                new Metadata(
                    url,
                    paths,
                    path -> assembly.urls.of(url, paths, path),
                    grants.stream().map(Grant::grantType).toList(),
                    assembly.methods().stream().map(method -> method.name()).toList()));
  }

  // Pages for the administrator

  /** Notes when there is no place for the pages of {@code adminRole}. */
  private void checkAdminRole() {
    if (configuration.text("adminRole").isPresent() && paths.errorPagesBase().isEmpty()) {
      configuration.problem(
          "adminRole",
          "its pages lie below errors, so errorPages has to be true and the filter mapped to a path"
              + " such as /oauth/*");
    }
  }

  /** The pages for one role; without a role that may see them, {@code others} answer. */
  private TracePages tracePages(ErrorPages others, Doctor doctor, Rehearsals rehearsals) {
    return new TracePages(
        configuration.text("adminRole"),
        assembly.refusals,
        doctor,
        rehearsals,
        assembly.transport,
        others);
  }

  /** Dry runs, up to thirty a minute of each administrator. */
  private Rehearsals rehearsals(ClientAuthenticator authenticator) {
    byte[] key = new byte[32];
    assembly.random.nextBytes(key);
    return new Rehearsals(
        new DryRun(authenticator, parser, grants),
        new PastedReader(
            paths.tokenPath(), configuration.flag("allowInsecureHttp"), assembly.bodies()),
        parser,
        assembly.reader(),
        new FailureLimiter(30, assembly.clock, assembly.random.nextLong()),
        key,
        assembly.log);
  }

  // Parts

  private EndpointPaths paths() {
    String name = assembly.filter.getFilterName();
    FilterRegistration registration = assembly.context().getFilterRegistration(name);
    Collection<String> mappings =
        registration == null ? List.of() : registration.getUrlPatternMappings();
    EndpointPaths paths;
    try {
      paths = EndpointPaths.of(configuration.path(), mappings);
    } catch (IllegalArgumentException e) {
      configuration.problem(String.valueOf(e.getMessage()));
      paths = EndpointPaths.of(Optional.of("/oauth"), List.of());
    }
    if (configuration.url("issuer").isPresent()) {
      paths = paths.withMetadata(configuration.url("issuer").get());
    }
    return configuration.flag("errorPages", true) ? paths.withErrorPages() : paths;
  }

  private List<Grant> grants() {
    List<Grant> grants =
        new ArrayList<>(
            List.of(
                new ClientCredentialsGrant(),
                new AuthorizationCodeGrant(store),
                new RefreshTokenGrant(store)));
    if (configuration.flag("passwordGrant")) {
      assembly.warn("passwordGrant: RFC 9700 s2.4 forbids it for new systems");
      grants.add(new PasswordGrant(assembly.failures));
    }
    grants.addAll(assembly.extensions.all(Grant.class));
    return grants;
  }

  /** The grant types that clients may be registered for. */
  private Set<String> grantTypes() {
    Set<String> names = new LinkedHashSet<>();
    for (Grant grant : grants) {
      if (!names.add(grant.grantType())) {
        configuration.problem("there are two grants for grant_type " + grant.grantType());
      }
    }
    // A client may be registered for the password grant while that is off.
    names.add(PasswordGrant.TYPE.grantType());
    return names;
  }

  /** Those that are not on in any case. */
  private List<String> chosenGrants() {
    List<String> chosen = new ArrayList<>();
    for (Grant grant : grants) {
      if (!ALWAYS_ON.contains(grant.grantType())) {
        chosen.add(grant.grantType());
      }
    }
    return chosen;
  }
}
