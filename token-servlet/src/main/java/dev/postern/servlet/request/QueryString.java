package dev.postern.servlet.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The query of a request: not ours, but for the names in it that belong into the body. */
public final class QueryString {
  private static final QueryString EMPTY = new QueryString(Map.of());

  private final Map<String, List<String>> parameters;

  private QueryString(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /** The parameters of {@code query}, without those that cannot be decoded. */
  public static QueryString parse(@Nullable String query) {
    if (query == null) {
      return EMPTY;
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      name.filter(text -> !text.isEmpty())
          .ifPresent(
              text ->
                  parameters
                      .computeIfAbsent(text, unused -> new ArrayList<>(1))
                      .add(value.orElse("")));
    }
    return new QueryString(parameters);
  }

  private static Optional<String> decode(String encoded) {
    return FormDecoder.decode(encoded).fold(Optional::of, refusal -> Optional.empty());
  }

  /** The first name that {@code isKnown}. */
  public Optional<String> firstName(Predicate<String> isKnown) {
    for (String name : names()) {
      if (isKnown.test(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** The names, in their order. */
  public Set<String> names() {
    return parameters.keySet();
  }

  /** The values of one name, in their order; none where it is absent. */
  public List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }
}
