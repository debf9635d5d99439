package dev.postern.servlet.doctor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
    for (Element element : allowed) {
      if (!WebXml.texts(element, "role-name").isEmpty()) {
        return Access.ROLES;
      }
    }
    return Access.NOBODY;
  }

  private static List<String> upper(List<String> methods) {
    methods.replaceAll(method -> method.toUpperCase(Locale.ROOT));
    return methods;
  }

  /** The pattern because of which not everybody may make this request. */
  Optional<UrlPattern> guarding(String path, String method) {
    UrlPattern closest = null;
    for (UrlPattern pattern : patterns()) {
      if (pattern.matches(path) && (closest == null || pattern.closeness() > closest.closeness())) {
        closest = pattern;
      }
    }
    Set<Access> accesses = EnumSet.noneOf(Access.class);
    for (Rule rule : rules) {
      if (rule.pattern.equals(closest) && rule.isAbout(method)) {
        accesses.add(rule.access);
      }
    }
    boolean isOpen = accesses.contains(Access.ALL) && !accesses.contains(Access.NOBODY);
    return accesses.isEmpty() || isOpen ? Optional.empty() : Optional.ofNullable(closest);
  }

  /** All patterns that are constrained, one way or another. */
  Set<UrlPattern> patterns() {
    Set<UrlPattern> patterns = new LinkedHashSet<>();
    for (Rule rule : rules) {
      patterns.add(rule.pattern);
    }
    return patterns;
  }
}
