package dev.postern.servlet.request;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What a careless reader makes of a path: decoded up to three times, backslashes for slashes,
 * parameters cut off, dots resolved. Two paths that somebody might take for each other have the
 * same one.
 */
public final class CanonicalPath {
  private CanonicalPath() {}

  /** Of all that the client sent below the context path; empty in an include. */
  public static String of(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      return "";
    }
    String context = of(request.getContextPath());
    String uri = of(request.getRequestURI());
    return uri.startsWith(context) ? uri.substring(context.length()) : "";
  }

  /** The path that a careless reader would make of it. */
  public static String of(String path) {
    String decoded = path;
    for (int i = 0; i < 3 && decoded.indexOf('%') >= 0; i++) {
      try {
        decoded = URLDecoder.decode(decoded.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        break;
      }
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : decoded.replace('\\', '/').split("/", -1)) {
      String bare = upTo('\0', upTo(';', segment)).strip();
      if (bare.equals("..")) {
        segments.pollLast();
      } else if (!bare.isEmpty() && !bare.equals(".")) {
        segments.addLast(bare);
      }
    }
    StringBuilder canonical = new StringBuilder();
    for (Iterator<String> it = segments.iterator(); it.hasNext(); ) {
      canonical.append('/').append(it.next());
    }
    return canonical.toString();
  }

  private static String upTo(char end, String text) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}
