package dev.postern.servlet.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * The security-constraints of {@code web.xml}: for which requests the container asks who the user
 * is. As Servlet 5.0 s13.8 has it, the closest pattern alone counts, and of several constraints on
 * it one that asks for nobody opens it. Immutable.
 */
final class Constraints {
  /** Whom a constraint lets in. */
  private enum Access {
    ALL,
    ROLES,
    NOBODY
  }

  private record Rule(
      UrlPattern pattern, List<String> methods, List<String> omitted, Access access) {
    boolean isAbout(String method) {
      return (methods.isEmpty() || methods.contains(method)) && !omitted.contains(method);
    }
  }

  private final List<Rule> rules = new ArrayList<>();

  Constraints(WebXml web) {
    for (Element constraint : web.all("security-constraint")) {
      Access access = access(constraint);
      for (Element collection : WebXml.children(constraint, "web-resource-collection")) {
        List<String> methods = upper(WebXml.texts(collection, "http-method"));
        List<String> omitted = upper(WebXml.texts(collection, "http-method-omission"));
        for (String pattern : WebXml.texts(collection, "url-pattern")) {
          rules.add(new Rule(new UrlPattern(pattern), methods, omitted, access));
        }
      }
    }
  }

  private static Access access(Element constraint) {
    List<Element> allowed = WebXml.children(constraint, "auth-constraint");
    if (allowed.isEmpty()) {
      return Access.ALL;
    }
    boolean isForRoles =
        allowed.stream().anyMatch(element -> !WebXml.texts(element, "role-name").isEmpty());
    return isForRoles ? Access.ROLES : Access.NOBODY;
  }

  private static List<String> upper(List<String> methods) {
    return methods.stream().map(method -> method.toUpperCase(Locale.ROOT)).toList();
  }

  /** The pattern because of which not everybody may make this request. */
  Optional<UrlPattern> guarding(String path, String method) {
    Optional<UrlPattern> closest =
        rules.stream()
            .map(Rule::pattern)
            .filter(pattern -> pattern.matches(path))
            .max(Comparator.comparingInt(UrlPattern::closeness));
    List<Access> accesses =
        rules.stream()
            .filter(rule -> Optional.of(rule.pattern).equals(closest) && rule.isAbout(method))
            .map(Rule::access)
            .toList();
    boolean isOpen = accesses.contains(Access.ALL) && !accesses.contains(Access.NOBODY);
    return accesses.isEmpty() || isOpen ? Optional.empty() : closest;
  }

  /** All patterns that are constrained, one way or another. */
  List<UrlPattern> patterns() {
    return rules.stream().map(Rule::pattern).distinct().toList();
  }
}
