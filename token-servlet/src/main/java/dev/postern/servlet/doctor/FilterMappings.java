package dev.postern.servlet.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** The filters of {@code web.xml} and what they are mapped to, in this order. Immutable. */
final class FilterMappings {
  private record Mapping(String filter, List<UrlPattern> patterns) {}

  private final List<Mapping> mappings = new ArrayList<>();
  private final Map<String, String> classes;

  FilterMappings(WebXml web) {
    this.classes =
        web.all("filter").stream()
            .collect(
                Collectors.toMap(
                    element -> WebXml.text(element, "filter-name"),
                    element -> WebXml.text(element, "filter-class"),
                    (one, other) -> one));
    for (Element mapping : web.all("filter-mapping")) {
      List<UrlPattern> patterns =
          WebXml.texts(mapping, "url-pattern").stream().map(UrlPattern::new).toList();
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
      if (mapping.patterns.stream().anyMatch(pattern -> pattern.matches(path))) {
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
  List<UrlPattern> patternsOf(String filterClass) {
    return mappings.stream()
        .filter(mapping -> classOf(mapping.filter).equals(filterClass))
        .flatMap(mapping -> mapping.patterns.stream())
        .distinct()
        .toList();
  }
}
