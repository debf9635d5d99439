package dev.postern.servlet.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;

/** The filters of {@code web.xml} and what they are mapped to, in this order. Immutable. */
final class FilterMappings {
  private record Mapping(String filter, List<UrlPattern> patterns) {}

  private final List<Mapping> mappings = new ArrayList<>();
  private final Map<String, String> classes = new HashMap<>();

  FilterMappings(WebXml web) {
    for (Element filter : web.all("filter")) {
      classes.putIfAbsent(WebXml.text(filter, "filter-name"), WebXml.text(filter, "filter-class"));
    }
    for (Element mapping : web.all("filter-mapping")) {
      List<UrlPattern> patterns = new ArrayList<>();
      for (String pattern : WebXml.texts(mapping, "url-pattern")) {
        patterns.add(new UrlPattern(pattern));
      }
      mappings.add(new Mapping(WebXml.text(mapping, "filter-name"), patterns));
    }
  }

  /** Those that see a request for {@code path} before {@code filter} does. */
  List<String> before(String filter, String path) {
    Set<String> before = new LinkedHashSet<>();
    for (Mapping mapping : mappings) {
      if (mapping.filter.equals(filter)) {
        break;
      }
      if (UrlPattern.anyMatches(mapping.patterns, path)) {
        before.add(mapping.filter);
      }
    }
    return List.copyOf(before);
  }

  /** The {@code filter-class}; empty when there is none. */
  String classOf(String filter) {
    return classes.getOrDefault(filter, "");
  }

  /** What all filters of this class are mapped to. */
  Set<UrlPattern> patternsOf(String filterClass) {
    Set<UrlPattern> patterns = new LinkedHashSet<>();
    for (Mapping mapping : mappings) {
      if (classOf(mapping.filter).equals(filterClass)) {
        patterns.addAll(mapping.patterns);
      }
    }
    return patterns;
  }
}
