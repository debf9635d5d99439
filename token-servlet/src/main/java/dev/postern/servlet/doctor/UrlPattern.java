package dev.postern.servlet.doctor;

import java.util.Collection;

/**
 * A url-pattern of {@code web.xml} (Servlet 5.0 s12.2).
 *
 * @param text as it stands there
 */
record UrlPattern(String text) {
  boolean matches(String path) {
    if (text.endsWith("/*")) {
      String base = base();
      return path.equals(base) || path.startsWith(base + "/");
    }
    if (text.startsWith("*.")) {
      return path.substring(path.lastIndexOf('/') + 1).endsWith(text.substring(1));
    }
    return text.equals("/") || text.equals(path);
  }

  static boolean anyMatches(Collection<UrlPattern> patterns, String path) {
    for (UrlPattern pattern : patterns) {
      if (pattern.matches(path)) {
        return true;
      }
    }
    return false;
  }

  private String base() {
    return text.substring(0, text.length() - 2);
  }

  /** How closely it matches, where it does: exact, the longest prefix, extension, all the rest. */
  int closeness() {
    if (text.endsWith("/*")) {
      return 1 + text.length();
    }
    if (text.startsWith("*.")) {
      return 1;
    }
    return text.equals("/") ? 0 : Integer.MAX_VALUE;
  }

  /** A path that it matches. */
  String sample() {
    return text.replace("*", "x").replaceFirst("^(?!/)", "/");
  }
}
