package dev.postern.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which redirect URIs may be registered, and which of them a sent one stands for. */
final class RedirectUris {
  private static final Pattern LOOPBACK =
      Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]|localhost))(:[0-9]{1,5})?([/?].*)?");

  private RedirectUris() {}

  /**
   * Whether {@code sent} is {@code registered}, character by character (RFC 9700 s2.1). "The only
   * exception is native apps using a localhost URI: In this case, the authorization server MUST
   * allow variable port numbers" (RFC 9700 s4.1.3).
   */
  static boolean same(String registered, String sent) {
    return registered.equals(sent)
        || (LOOPBACK.matcher(sent).matches() && withoutPort(registered).equals(withoutPort(sent)));
  }

  private static String withoutPort(String uri) {
    return LOOPBACK.matcher(uri).replaceFirst("$1$3");
  }

  /**
   * What keeps {@code uri} from being registered, in a sentence for the operator. "MUST be an
   * absolute URI" and "MUST NOT include a fragment component" (RFC 6749 s3.1.2); "MUST NOT allow
   * redirection URIs that use the http scheme except for native clients that use loopback interface
   * redirection" (RFC 9700 s2.6).
   */
  static Optional<String> problem(String uri) {
    try {
      URI parsed = new URI(uri);
      if (!parsed.isAbsolute() || parsed.getRawFragment() != null) {
        return Optional.of("redirect_uris: not an absolute URI without a fragment: " + uri);
      }
      // The parser takes other characters too, which a URI does not have (RFC 3986 s2).
      if (!uri.equals(parsed.toASCIIString())) {
        return Optional.of(
            "redirect_uris: a character outside ASCII, to be written in percent-encoding (in a"
                + " host as xn--): "
                + uri);
      }
      return isFit(parsed)
          ? Optional.empty()
          : Optional.of(
              "redirect_uris: neither https, nor http on loopback, nor a scheme of an app: " + uri);
    } catch (URISyntaxException e) {
      return Optional.of("redirect_uris: not a URI: " + uri);
    }
  }

  private static boolean isFit(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost();
    return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> !host.isEmpty();
      case "http" -> host.matches("localhost|127\\.[0-9.]+|\\[::1]");
      case "javascript", "data", "vbscript", "file", "about", "blob" -> false;
      default -> true;
    };
  }
}
