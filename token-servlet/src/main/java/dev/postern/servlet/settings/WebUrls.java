package dev.postern.servlet.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The URLs and origins that settings may name. */
final class WebUrls {
  private WebUrls() {}

  /**
   * "a URL that uses the \"https\" scheme and has no query or fragment components" (RFC 8414 s2);
   * plain http on loopback, for those who try things out.
   */
  static Optional<URI> endpoint(String text) {
    return uri(text).filter(WebUrls::isEndpoint);
  }

  private static boolean isEndpoint(URI uri) {
    boolean isLoopback =
        uri.getHost() != null && uri.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]");
    return isWeb(uri)
        && (uri.getScheme().equals("https") || isLoopback)
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null;
  }

  /** As a browser writes it: in lower case, without the port that the scheme implies. */
  static boolean isOrigin(String text) {
    return uri(text).filter(uri -> isWeb(uri) && text.equals(origin(uri))).isPresent();
  }

  private static String origin(URI uri) {
    int implied = uri.getScheme().equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == implied ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }

  private static boolean isWeb(URI uri) {
    return uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getHost() != null;
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
