package dev.postern.servlet.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;

/**
 * The languages that the pages speak, found by their files: English first, then by name. Immutable.
 */
final class Languages {
  private static final int LONGEST_HEADER = 500;
  private static final Languages FOUND = new Languages();

  private final Map<String, Texts> all = new LinkedHashMap<>();

  private Languages() {
    all.put("en", Texts.english());
    for (String language : Locale.getISOLanguages()) {
      if (!language.equals("en") && Texts.exist(language)) {
        all.put(language, Texts.of(language));
      }
    }
  }

  /** They are looked for once, with the first page. */
  static Languages found() {
    return FOUND;
  }

  List<Texts> all() {
    return List.copyOf(all.values());
  }

  /** Whether {@code language} is one of these. */
  boolean has(String language) {
    return all.containsKey(language);
  }

  /** The language that was chosen, else the best of those accepted (RFC 9110 s12.5.4). */
  Texts choose(PageRequest request) {
    Texts english = all.values().iterator().next();
    Texts chosen = all.get(request.language());
    if (chosen != null) {
      return chosen;
    }
    String tag = Locale.lookupTag(accepted(request.acceptLanguage()), all.keySet());
    return tag == null ? english : all.getOrDefault(tag, english);
  }

  private static List<LanguageRange> accepted(String header) {
    if (header.isBlank() || header.length() > LONGEST_HEADER) {
      return List.of();
    }
    try {
      return new ArrayList<>(LanguageRange.parse(header));
    } catch (RuntimeException e) {
      // Of "-" the JDK makes an ArrayIndexOutOfBoundsException, not the one that it documents.
      return List.of();
    }
  }
}
