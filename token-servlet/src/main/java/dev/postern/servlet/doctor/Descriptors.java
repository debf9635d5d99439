package dev.postern.servlet.doctor;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * Examines {@code web.xml} and {@code weblogic.xml}; what annotations, fragments and code add is
 * not seen. Immutable.
 */
public final class Descriptors {
  private static final String TOKEN_FILTER = "dev.postern.servlet.TokenFilter";

  private final WebXml web;
  private final WebXml weblogic;
  private final String filter;
  private final String tokenPath;

  /**
   * The descriptors of an application.
   *
   * @param resources gives what stands at a path in the application
   * @param filter the name of our filter
   * @param tokenPath where its token endpoint is within the application
   */
  public Descriptors(
      Function<String, Optional<InputStream>> resources, String filter, String tokenPath) {
    this.web = WebXml.read(resources.apply("/WEB-INF/web.xml"));
    this.weblogic = WebXml.read(resources.apply("/WEB-INF/weblogic.xml"));
    this.filter = filter;
    this.tokenPath = tokenPath;
  }

  /**
   * What they give cause for.
   *
   * @param isWebLogic whether the server is WebLogic
   * @param isLoginNeeded whether there are pages that only those who are logged in may see
   */
  public List<Finding> examine(boolean isWebLogic, boolean isLoginNeeded) {
    List<Finding> findings = new ArrayList<>();
    filters(findings);
    constraints(findings);
    if (isWebLogic && !weblogic.texts("enforce-valid-basic-auth-credentials").contains("false")) {
      findings.add(
          new Finding(
              FindingKind.WEBLOGIC_BASIC,
              "enforce-valid-basic-auth-credentials is not known to be false"));
    }
    for (String charset : web.texts("request-character-encoding")) {
      if (!charset.equalsIgnoreCase("UTF-8")) {
        findings.add(
            new Finding(FindingKind.FORM_CHARSET, "request-character-encoding is " + charset));
      }
    }
    if (isLoginNeeded && web.all("login-config").isEmpty()) {
      findings.add(new Finding(FindingKind.LOGIN_MISSING, "web.xml has no login-config"));
    }
    return findings;
  }

  /** In the order of their mappings, as far as they come before our own. */
  private void filters(List<Finding> findings) {
    Map<String, String> classes =
        web.all("filter").stream()
            .collect(
                Collectors.toMap(
                    element -> text(element, "filter-name"),
                    element -> text(element, "filter-class"),
                    (one, other) -> one));
    List<String> before = new ArrayList<>();
    for (Element mapping : web.all("filter-mapping")) {
      String name = text(mapping, "filter-name");
      if (name.equals(filter)) {
        break;
      }
      if (WebXml.texts(mapping, "url-pattern").stream().anyMatch(this::covers)
          && !before.contains(name)) {
        before.add(name);
      }
    }
    for (String name : before) {
      if (TOKEN_FILTER.equals(classes.get(name))) {
        findings.add(
            new Finding(
                FindingKind.FILTER_SHADOWED, "the filter " + name + " answers " + tokenPath));
      }
    }
    if (!before.isEmpty()) {
      findings.add(
          new Finding(
              FindingKind.FILTERS_BEFORE,
              "mapped before " + filter + ": " + String.join(", ", before)));
    }
  }

  private void constraints(List<Finding> findings) {
    for (Element constraint : web.all("security-constraint")) {
      if (!WebXml.children(constraint, "auth-constraint").isEmpty()) {
        for (Element collection : WebXml.children(constraint, "web-resource-collection")) {
          coveringPost(collection)
              .map(
                  pattern ->
                      new Finding(
                          FindingKind.CONSTRAINT_BEFORE,
                          "the security-constraint on " + pattern + " covers " + tokenPath))
              .ifPresent(findings::add);
        }
      }
    }
  }

  private Optional<String> coveringPost(Element collection) {
    List<String> methods = upper(WebXml.texts(collection, "http-method"));
    boolean isOmitted = upper(WebXml.texts(collection, "http-method-omission")).contains("POST");
    boolean isPostMeant = (methods.isEmpty() || methods.contains("POST")) && !isOmitted;
    return WebXml.texts(collection, "url-pattern").stream()
        .filter(pattern -> isPostMeant && covers(pattern))
        .findFirst();
  }

  private static List<String> upper(List<String> methods) {
    return methods.stream().map(method -> method.toUpperCase(Locale.ROOT)).toList();
  }

  /** As url-patterns match (Servlet 5.0 s12.2). */
  private boolean covers(String pattern) {
    if (pattern.endsWith("/*")) {
      String base = pattern.substring(0, pattern.length() - 2);
      return tokenPath.equals(base) || tokenPath.startsWith(base + "/");
    }
    return pattern.equals("/") || pattern.equals(tokenPath);
  }

  private static String text(Element parent, String name) {
    return WebXml.texts(parent, name).stream().findFirst().orElse("");
  }
}
