package dev.postern.servlet;

import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.ClientAuthenticator;
import dev.postern.core.ClientRegistry;
import dev.postern.core.FailureLimiter;
import dev.postern.core.GrantType;
import dev.postern.core.RecentRefusals;
import dev.postern.core.RequestParser;
import dev.postern.core.SharedFailures;
import dev.postern.core.TokenListener;
import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.UnavailableException;
import dev.postern.core.client.ClientSecretBasic;
import dev.postern.core.client.ClientSecretPost;
import dev.postern.core.client.PublicClient;
import dev.postern.core.jdbc.JdbcStore;
import dev.postern.core.memory.MemoryRefusals;
import dev.postern.servlet.doctor.Finding;
import dev.postern.servlet.doctor.FindingKind;
import dev.postern.servlet.doctor.Sightings;
import dev.postern.servlet.events.AuditLog;
import dev.postern.servlet.events.Events;
import dev.postern.servlet.events.RefusalLog;
import dev.postern.servlet.events.SecretWatch;
import dev.postern.servlet.figures.Figures;
import dev.postern.servlet.request.BodyReader;
import dev.postern.servlet.request.ConsumedBody;
import dev.postern.servlet.request.FormRequest;
import dev.postern.servlet.request.Transport;
import dev.postern.servlet.settings.Configuration;
import dev.postern.servlet.settings.JndiDataSource;
import dev.postern.servlet.settings.Settings;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Puts together what both filters are made of, out of their settings. Used once, by one thread. */
final class Assembly {
  /** Some megabytes at most. */
  private static final int MOST_TRACES = 2_000;

  final FilterConfig filter;
  final Configuration configuration;
  final Extensions extensions;
  final SecureRandom random = new SecureRandom();

  /** The database's, where there is one: what all nodes judge, they judge by the same clock. */
  final InstantSource clock;

  /** State and clients that nodes share, where {@code dataSource} is set. */
  final Optional<JdbcStore> database;

  final Logger log = System.getLogger("dev.postern");
  final FailureLimiter failures;
  final Sightings sightings = new Sightings(this::tell);
  final Transport transport;
  final RecentRefusals refusals;
  final PublicUrls urls;
  final JsonStart json = new JsonStart();
  private final List<ClientAuthenticationMethod> methods = new ArrayList<>();

  Assembly(FilterConfig filter) {
    this.filter = filter;
    this.configuration = new Configuration(Settings.of(filter));
    this.extensions = new Extensions(configuration, context());
    this.database = database(configuration);
    this.clock = database.isPresent() ? database.get().clock() : InstantSource.system();
    this.transport =
        new Transport(
            configuration.trustedProxies(), configuration.flag("allowInsecureHttp"), sightings);
    this.urls = new PublicUrls(configuration, context().getContextPath(), transport);
    this.refusals = refusals(configuration.traceRetention());
    SharedFailures shared = database.isPresent() ? database.get().failures() : SharedFailures.NONE;
    this.failures =
        new FailureLimiter(configuration.failureLimit(), clock, random.nextLong(), shared);
    methods.addAll(List.of(new ClientSecretBasic(), new ClientSecretPost(), new PublicClient()));
    methods.addAll(extensions.all(ClientAuthenticationMethod.class));
    Set<String> names = new LinkedHashSet<>();
    for (ClientAuthenticationMethod method : methods) {
      if (!names.add(method.name())) {
        configuration.problem("there are two client authentication methods " + method.name());
      }
    }
  }

  private RecentRefusals refusals(Duration retention) {
    return database.isPresent()
        ? database.get().refusals(retention, MOST_TRACES)
        : new MemoryRefusals(retention, MOST_TRACES, clock);
  }

  private static Optional<JdbcStore> database(Configuration configuration) {
    Optional<String> name = configuration.dataSource();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    boolean isSchemaCreated = configuration.flag("createSchema");
    return Optional.of(
        new JdbcStore(new JndiDataSource(name.get()), isSchemaCreated, InstantSource.system()));
  }

  ServletContext context() {
    return filter.getServletContext();
  }

  /** The ways in which clients may authenticate. */
  List<ClientAuthenticationMethod> methods() {
    return List.copyOf(methods);
  }

  RequestParser parser(Collection<? extends GrantType> grantTypes) {
    return new RequestParser(grantTypes, methods);
  }

  /** The clients, whose grant types have to be among these; any will do when there are none. */
  ClientRegistry clients(Set<String> grantTypes) {
    Set<String> names = new LinkedHashSet<>();
    for (ClientAuthenticationMethod method : methods) {
      names.add(method.name());
    }
    return new Clients(
            database, configuration, extensions, names, grantTypes, context(), clock, log)
        .registry();
  }

  ClientAuthenticator authenticator(ClientRegistry clients) {
    return new ClientAuthenticator(methods, clients, failures, clock);
  }

  /**
   * What writes answers, of an endpoint that has its pages behind {@code error_uri} below this
   * path, if any.
   */
  JsonAnswers answers(Optional<String> errorPagesBase) {
    return new JsonAnswers(json, urls.errorPages(errorPagesBase));
  }

  /**
   * The front of an endpoint.
   *
   * @param hasPages whether there are pages on which recent refusals can be shown
   * @param endpoints the path within the application of the one that a request is for
   */
  HttpFront front(
      JsonAnswers answers,
      Figures figures,
      boolean hasPages,
      Function<HttpServletRequest, String> endpoints) {
    boolean isInsecureHttpAllowed = configuration.flag("allowInsecureHttp");
    if (isInsecureHttpAllowed) {
      warn("allowInsecureHttp: secrets and tokens may come and go in the clear");
    }
    Set<String> schemes = new LinkedHashSet<>();
    for (ClientAuthenticationMethod method : methods) {
      if (method.scheme().isPresent()) {
        schemes.add(method.scheme().get());
      }
    }
    Cors cors = new Cors(configuration.allowedOrigins());
    TokenResponseWriter writer =
        new TokenResponseWriter(answers, configuration.realm("token"), schemes, failures.window());
    Events events =
        new Events(
            listeners(),
            new RefusalLog(System.getLogger("dev.postern.refusal")),
            hasPages && configuration.text("adminRole").isPresent() ? this::keep : event -> {},
            figures,
            new SecretWatch(clock),
            log);
    return new HttpFront(reader(), writer, cors, events, transport, named(endpoints), clock, log);
  }

  /** The same with the application's own path. */
  private Function<HttpServletRequest, String> named(
      Function<HttpServletRequest, String> endpoints) {
    String context = context().getContextPath();
    return request -> context + endpoints.apply(request);
  }

  private void keep(RefusedEvent event) {
    refusals.add(RefusalLog.escaped(event));
  }

  /** How many refusals could not be kept for the pages of one role. */
  long tracesDropped() {
    return refusals.dropped();
  }

  private List<TokenListener> listeners() {
    List<TokenListener> listeners = new ArrayList<>();
    if (configuration.flag("auditLog")) {
      listeners.add(new AuditLog(System.getLogger("dev.postern.audit")));
    }
    listeners.addAll(extensions.all(TokenListener.class));
    return listeners;
  }

  FormRequest reader() {
    return new FormRequest(transport, bodies(), new ConsumedBody(sightings));
  }

  BodyReader bodies() {
    return new BodyReader(configuration.maxBodyBytes(), System::nanoTime);
  }

  void warn(String text) {
    log.log(Level.WARNING, name() + ": " + text);
  }

  /** Of several applications in one server, which one it is. */
  String name() {
    return Settings.owner(filter);
  }

  /** Logs what was found in this deployment. */
  void tell(Finding finding) {
    boolean isWarning = finding.kind().severity() == FindingKind.Severity.WARNING;
    log.log(isWarning ? Level.WARNING : Level.INFO, finding.line() + " (" + name() + ")");
  }

  /** Stops the deployment, if anything was wrong, with one message that lists all of it. */
  void check() throws ServletException {
    if (database.isPresent()) {
      check(database.get());
    }
    Optional<String> complaint = configuration.complaint(filter);
    if (complaint.isPresent()) {
      // Where there is no JSON-B, that may be why the clients could not be read.
      json.await();
      // Some containers write what is thrown here where nobody looks.
      log.log(Level.ERROR, complaint.get());
      throw new ServletException(complaint.get());
    }
  }

  private void check(JdbcStore store) {
    boolean isRequired = configuration.flag("requireDataSource");
    try {
      store.check();
    } catch (UnavailableException e) {
      String why = String.valueOf(e.getMessage());
      if (isRequired) {
        configuration.problem("dataSource", "a database that is there: " + why);
      } else {
        warn("dataSource: requests are answered with 503 until this is mended: " + why);
      }
    }
  }

  /** Lets go of what it has opened. */
  void close() {
    refusals.close();
    if (database.isPresent()) {
      database.get().close();
    }
    json.close();
  }
}
