package dev.postern.servlet;

import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.UnavailableException;
import dev.postern.core.jdbc.JdbcStore;
import dev.postern.servlet.doctor.Descriptors;
import dev.postern.servlet.doctor.Finding;
import dev.postern.servlet.doctor.FindingKind;
import dev.postern.servlet.doctor.Place;
import dev.postern.servlet.doctor.RegisteredClients;
import dev.postern.servlet.doctor.Sightings;
import dev.postern.servlet.events.SecretWatch;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the place that a filter was dropped into: at its start, for the log, and whenever the
 * administrator asks. It changes nothing, and what goes wrong with it harms nothing. Thread-safe.
 */
final class Doctor {
  private static final Duration MOST_CLOCK_DIFFERENCE = Duration.ofSeconds(5);
  private static final String CODES = "authorization_code";

  private final Descriptors descriptors;
  private final Optional<JdbcStore> database;
  private final ClientRegistry clients;
  private final Collection<String> chosenGrants;
  private final boolean arePagesGuarded;
  private final JsonStart json;
  private final Sightings sightings;
  private final InstantSource clock;

  /**
   * One for a filter that is about to start.
   *
   * @param descriptors those of its application
   * @param chosenGrants grant types that are on because somebody wanted them
   */
  Doctor(
      Assembly assembly,
      Descriptors descriptors,
      ClientRegistry clients,
      Collection<String> chosenGrants) {
    this.descriptors = descriptors;
    this.database = assembly.database;
    this.clients = clients;
    this.chosenGrants = List.copyOf(chosenGrants);
    this.arePagesGuarded = assembly.configuration.text("adminRole").isPresent();
    this.json = assembly.json;
    this.sightings = assembly.sightings;
    this.clock = assembly.clock;
  }

  /** The descriptors of the application, whose endpoints are at these paths. */
  static Descriptors descriptors(Assembly assembly, EndpointPaths paths) {
    ServletContext context = assembly.context();
    return new Descriptors(
        path -> Optional.ofNullable(context.getResourceAsStream(path)),
        new Place(
            assembly.filter.getFilterName(),
            context.getContextPath(),
            paths.clientPaths(),
            paths.authorizationPath(),
            charset(context),
            String.valueOf(context.getServerInfo()).contains("WebLogic")));
  }

  /**
   * Tells the log of {@code assembly} what there is to tell, but of JSON-B, which may come up
   * still.
   */
  void report(Assembly assembly) {
    try {
      for (Finding finding : sorted(examine())) {
        assembly.tell(finding);
      }
    } catch (RuntimeException e) {
      assembly.log.log(
          Level.WARNING, assembly.name() + ": the deployment could not be examined", e);
    }
  }

  /** All that can be said now, the gravest first. */
  List<Finding> findings() {
    List<Finding> findings = examine();
    findings.add(jsonProvider());
    return sorted(findings);
  }

  /** By what answers are written. */
  Finding jsonProvider() {
    return new Finding(FindingKind.JSON_PROVIDER, json.get().provider());
  }

  private static List<Finding> sorted(List<Finding> findings) {
    findings.sort(
        Comparator.comparing((Finding finding) -> finding.kind().severity())
            .reversed()
            .thenComparing(Finding::kind));
    return findings;
  }

  private List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    Optional<RegisteredClients> registered = registered();
    boolean areCodesIssued = registered.isPresent() && registered.get().mayUse(CODES);
    findings.addAll(descriptors.examine(arePagesGuarded, areCodesIssued));
    if (database.isPresent()) {
      examine(database.get(), findings);
    }
    if (registered.isPresent()) {
      findings.addAll(registered.get().examine(SecretWatch.NEAR, chosenGrants));
    }
    findings.addAll(sightings.all());
    return findings;
  }

  /** Empty where they cannot be gone through. */
  private Optional<RegisteredClients> registered() {
    try {
      Optional<Collection<Client>> all = clients.overview();
      return all.isPresent()
          ? Optional.of(new RegisteredClients(all.get(), clock.instant()))
          : Optional.empty();
    } catch (UnavailableException e) {
      // Told of the database.
      return Optional.empty();
    }
  }

  /** What {@code web.xml} or the application's code has set, since Servlet 4.0. */
  private static Optional<String> charset(ServletContext context) {
    try {
      return Optional.ofNullable(context.getRequestCharacterEncoding());
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  private static void examine(JdbcStore store, List<Finding> findings) {
    try {
      JdbcStore.Condition condition = store.condition();
      if (condition.isolation() < Connection.TRANSACTION_READ_COMMITTED) {
        findings.add(
            new Finding(
                FindingKind.DATABASE_ISOLATION,
                condition.isolation() == Connection.TRANSACTION_READ_UNCOMMITTED
                    ? "its isolation is READ UNCOMMITTED"
                    : "it has no transactions"));
      }
      if (condition.clockDifference().abs().compareTo(MOST_CLOCK_DIFFERENCE) > 0) {
        findings.add(
            new Finding(
                FindingKind.CLOCK_DIFFERENCE,
                "the database is ahead by " + condition.clockDifference().toSeconds() + " s"));
      }
    } catch (UnavailableException e) {
      findings.add(new Finding(FindingKind.DATABASE_UNAVAILABLE, String.valueOf(e.getMessage())));
    }
  }
}
