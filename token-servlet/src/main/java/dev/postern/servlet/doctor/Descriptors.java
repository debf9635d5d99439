package dev.postern.servlet.doctor;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Examines {@code web.xml} and what Tomcat and WebLogic have beside it; what annotations, fragments
 * and code add is not seen. Immutable.
 */
public final class Descriptors {
  private static final String TOKEN_FILTER = "dev.postern.servlet.TokenFilter";
  private static final String BEARER_FILTER = "dev.postern.servlet.BearerFilter";
  private static final Set<String> THAT_ANSWER =
      Set.of(TOKEN_FILTER, BEARER_FILTER, "dev.postern.servlet.TokenGuard");

  private final Place place;
  private final WebXml web;
  private final WebXml weblogic;
  private final WebXml tomcat;
  private final FilterMappings filters;
  private final Constraints constraints;
  private final Logins logins;

  /**
   * The descriptors of an application.
   *
   * @param resources gives what stands at a path in the application
   */
  public Descriptors(Function<String, Optional<InputStream>> resources, Place place) {
    this.place = place;
    this.web = WebXml.read(resources.apply("/WEB-INF/web.xml"));
    this.weblogic = WebXml.read(resources.apply("/WEB-INF/weblogic.xml"));
    this.filters = new FilterMappings(web);
    this.constraints = new Constraints(web);
    this.tomcat = WebXml.read(resources.apply("/META-INF/context.xml"));
    this.logins = new Logins(web, tomcat);
  }

  /**
   * What they give cause for.
   *
   * @param arePagesGuarded whether there are pages for one role
   * @param areCodesIssued whether a client may send users to the authorization endpoint
   */
  public List<Finding> examine(boolean arePagesGuarded, boolean areCodesIssued) {
    List<Finding> findings = new ArrayList<>();
    List<String> before = filters.before(place.filter(), place.tokenPath());
    order(before, findings);
    clients(findings);
    resources(findings);
    servers(findings);
    charset(before, findings);
    List<String> purposes = new ArrayList<>();
    if (arePagesGuarded) {
      purposes.add("adminRole");
    }
    Optional<String> authorization = place.authorizationPath();
    if (areCodesIssued && authorization.isPresent()) {
      purposes.add(authorization.get());
      findings.addAll(logins.lost(place.contextPath() + authorization.get()));
    }
    Optional<Finding> missing = logins.missing(purposes);
    if (missing.isPresent()) {
      findings.add(missing.get());
    }
    return findings;
  }

  /** Two look at Basic credentials even where nothing is constrained. */
  private void servers(List<Finding> findings) {
    if (place.isWebLogic()
        && !weblogic.texts("enforce-valid-basic-auth-credentials").contains("false")) {
      findings.add(
          new Finding(
              FindingKind.WEBLOGIC_BASIC,
              "enforce-valid-basic-auth-credentials is not known to be false"));
    }
    if (tomcat.has("preemptiveAuthentication", "true")) {
      findings.add(
          new Finding(
              FindingKind.PREEMPTIVE_BASIC,
              "META-INF/context.xml has preemptiveAuthentication=\"true\""));
    }
  }

  private void order(List<String> before, List<Finding> findings) {
    for (String name : before) {
      if (THAT_ANSWER.contains(filters.classOf(name))) {
        findings.add(
            new Finding(
                FindingKind.FILTER_SHADOWED,
                "the filter " + name + " answers " + place.tokenPath()));
      }
    }
    if (!before.isEmpty()) {
      findings.add(
          new Finding(
              FindingKind.FILTERS_BEFORE,
              "mapped before " + place.filter() + ": " + String.join(", ", before)));
    }
  }

  private void clients(List<Finding> findings) {
    Map<UrlPattern, List<String>> covered = new LinkedHashMap<>();
    for (String path : place.clientPaths()) {
      Optional<UrlPattern> guarding = constraints.guarding(path, "POST");
      if (guarding.isPresent()) {
        covered.computeIfAbsent(guarding.get(), unused -> new ArrayList<>()).add(path);
      }
    }
    for (Map.Entry<UrlPattern, List<String>> each : covered.entrySet()) {
      findings.add(
          new Finding(
              FindingKind.CONSTRAINT_BEFORE,
              "the security-constraint on "
                  + each.getKey().text()
                  + " covers "
                  + String.join(", ", each.getValue())));
    }
  }

  /** Where a bearer filter wants a token, and the container a user. */
  private void resources(List<Finding> findings) {
    for (UrlPattern resource : filters.patternsOf(BEARER_FILTER)) {
      for (UrlPattern guarding : guarding(resource)) {
        findings.add(
            new Finding(
                FindingKind.RESOURCE_CONSTRAINED,
                "the security-constraint on "
                    + guarding.text()
                    + ", the BearerFilter on "
                    + resource.text()));
      }
    }
  }

  /** The patterns because of which not everybody may ask for all that {@code resource} matches. */
  private Set<UrlPattern> guarding(UrlPattern resource) {
    Set<UrlPattern> guarding = new LinkedHashSet<>();
    for (String path : samples(resource)) {
      // A bearer filter on all paths lets those pass that a token filter before it answers.
      if (!UrlPattern.anyMatches(filters.patternsOf(TOKEN_FILTER), path)) {
        constraints.guarding(path, "GET").ifPresent(guarding::add);
        constraints.guarding(path, "POST").ifPresent(guarding::add);
      }
    }
    return guarding;
  }

  /** A path that it matches, and one of each constraint below it. */
  private List<String> samples(UrlPattern resource) {
    List<String> samples = new ArrayList<>(List.of(resource.sample()));
    for (UrlPattern constrained : constraints.patterns()) {
      if (resource.matches(constrained.sample())) {
        samples.add(constrained.sample());
      }
    }
    return samples;
  }

  private void charset(List<String> before, List<Finding> findings) {
    List<String> declared = web.texts("request-character-encoding");
    String set = place.charset().orElse(declared.isEmpty() ? "" : declared.get(0));
    if (!set.isEmpty() && !set.equalsIgnoreCase("UTF-8")) {
      findings.add(new Finding(FindingKind.FORM_CHARSET, "request-character-encoding is " + set));
    } else if (set.isEmpty() && !before.isEmpty()) {
      findings.add(
          new Finding(
              FindingKind.FORM_CHARSET,
              "not set, and a filter comes before; half of the servers then take ISO-8859-1"));
    }
  }
}
