package dev.postern.servlet;

import dev.postern.core.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The query of a request: not ours, but for the names in it that belong into the body. */
final class QueryString {
  private final Form pairs;

  private QueryString(Form pairs) {
    this.pairs = pairs;
  }

  /** The pairs of {@code query}, without those that cannot be decoded. */
  static QueryString parse(@Nullable String query) {
    Form.Builder pairs = Form.builder();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      name.ifPresent(text -> pairs.add(text, value.orElse("")));
    }
    return new QueryString(pairs.build());
  }

  private static Optional<String> decode(String encoded) {
    return FormDecoder.decode(encoded).fold(Optional::of, refusal -> Optional.empty());
  }

  /** The first name that {@code isKnown}. */
  Optional<String> firstName(Predicate<String> isKnown) {
    for (int i = 0; i < pairs.size(); i++) {
      if (isKnown.test(pairs.name(i))) {
        return Optional.of(pairs.name(i));
      }
    }
    return Optional.empty();
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      names.add(pairs.name(i));
    }
    return names;
  }

  List<String> all(String name) {
    return pairs.all(name);
  }
}
