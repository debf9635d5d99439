package dev.postern.servlet;

import dev.postern.core.AuthorizationEndpoint;
import dev.postern.core.Form;
import dev.postern.servlet.request.FormEncoder;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Ways back to the authorization endpoint, relative to itself, so that they hold behind a proxy
 * that renames paths.
 */
final class AuthorizationPaths {
  private AuthorizationPaths() {}

  /** The last segment of the path: the endpoint, as seen from itself. */
  static String here(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The same request as a GET. */
  static String get(HttpServletRequest request, Map<String, String> parameters) {
    return here(request) + "?" + query(parameters);
  }

  /** The same request as a GET, before anybody has looked whether it makes sense. */
  static String get(HttpServletRequest request, Form form) {
    Form.Builder known = Form.builder();
    for (int i = 0; i < form.size(); i++) {
      if (AuthorizationEndpoint.knows(form.name(i))) {
        known.add(form.name(i), form.value(i));
      }
    }
    return here(request)
        + "?"
        + new String(FormEncoder.encode(known.build()), StandardCharsets.US_ASCII);
  }

  /** The query of the same request in another language, which is to stand at the end of it. */
  static String languages(Map<String, String> parameters) {
    Map<String, String> others = new LinkedHashMap<>(parameters);
    others.remove("ui_locales");
    return "?" + query(others) + "&ui_locales=";
  }

  /** The parameters as a query. */
  static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
