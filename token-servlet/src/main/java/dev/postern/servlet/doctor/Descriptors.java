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
import java.util.stream.Stream;

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
    Optional<String> authorization = place.authorizationPath().filter(path -> areCodesIssued);
    List<String> purposes =
        Stream.concat(
                arePagesGuarded ? Stream.of("adminRole") : Stream.of(), authorization.stream())
            .toList();
    logins.missing(purposes).ifPresent(findings::add);
    authorization.ifPresent(path -> findings.addAll(logins.lost(place.contextPath() + path)));
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
    Map<UrlPattern, Set<String>> covered = new LinkedHashMap<>();
    for (String path : place.clientPaths()) {
      constraints
          .guarding(path, "POST")
          .ifPresent(
              pattern ->
                  covered.computeIfAbsent(pattern, unused -> new LinkedHashSet<>()).add(path));
    }
    covered.forEach(
        (pattern, paths) ->
            findings.add(
                new Finding(
                    FindingKind.CONSTRAINT_BEFORE,
                    "the security-constraint on "
                        + pattern.text()
                        + " covers "
                        + String.join(", ", paths))));
  }

  /** Where a bearer filter wants a token, and the container a user. */
  private void resources(List<Finding> findings) {
    for (UrlPattern resource : filters.patternsOf(BEARER_FILTER)) {
      Stream.concat(
              Stream.of(resource),
              constraints.patterns().stream()
                  .filter(constrained -> resource.matches(constrained.sample())))
          .map(UrlPattern::sample)
          .filter(this::isNotOurs)
          .flatMap(path -> Stream.of("GET", "POST").map(method -> guarding(path, method)))
          .flatMap(Optional::stream)
          .distinct()
          .forEach(
              pattern ->
                  findings.add(
                      new Finding(
                          FindingKind.RESOURCE_CONSTRAINED,
                          "the security-constraint on "
                              + pattern.text()
                              + ", the BearerFilter on "
                              + resource.text())));
    }
  }

  private Optional<UrlPattern> guarding(String path, String method) {
    return constraints.guarding(path, method);
  }

  /** A bearer filter on all paths lets those pass that a token filter before it answers. */
  private boolean isNotOurs(String path) {
    return filters.patternsOf(TOKEN_FILTER).stream().noneMatch(pattern -> pattern.matches(path));
  }

  private void charset(List<String> before, List<Finding> findings) {
    Optional<String> set =
        place.charset().or(() -> web.texts("request-character-encoding").stream().findFirst());
    if (set.isPresent()) {
      set.filter(charset -> !charset.equalsIgnoreCase("UTF-8"))
          .map(charset -> "request-character-encoding is " + charset)
          .map(detail -> new Finding(FindingKind.FORM_CHARSET, detail))
          .ifPresent(findings::add);
    } else if (!before.isEmpty()) {
      findings.add(
          new Finding(
              FindingKind.FORM_CHARSET,
              "not set, and a filter comes before; half of the servers then take ISO-8859-1"));
    }
  }
}
