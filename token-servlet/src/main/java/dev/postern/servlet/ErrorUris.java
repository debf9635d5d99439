package dev.postern.servlet;

import dev.postern.core.Reason;
import dev.postern.servlet.pages.TroubleshootingPages;
import dev.postern.servlet.request.Transport;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the pages of the numbers are, as the client sees it: {@code error_uri} of RFC 6749 s5.2,
 * "MUST NOT include characters outside the set %x21 / %x23-5B / %x5D-7E". Immutable.
 */
final class ErrorUris {
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");
  private static final ErrorUris NONE = new ErrorUris(false, "", "", null);

  private final boolean isServed;
  private final String base;
  private final String path;
  private final @Nullable Transport transport;

  private ErrorUris(boolean isServed, String base, String path, @Nullable Transport transport) {
    this.isServed = isServed;
    this.base = base;
    this.path = path;
    this.transport = transport;
  }

  /** No page is served, so none is named. */
  static ErrorUris none() {
    return NONE;
  }

  /** Below this URL, which is where clients see the filter's mapping. */
  static ErrorUris below(URI publicUrl) {
    return new ErrorUris(true, publicUrl.toASCIIString().replaceAll("/+$", ""), "", null);
  }

  /** Below {@code path} on the host of the issuer. */
  static ErrorUris at(URI issuer, String path) {
    return new ErrorUris(true, origin(issuer), encoded(path), null);
  }

  /** Below {@code path} on the host that the request names. */
  static ErrorUris atHostOfRequest(String path, Transport transport) {
    return new ErrorUris(true, "", encoded(path), transport);
  }

  /** {@code https://shop.example} of {@code https://shop.example/tenant}. */
  static String origin(URI issuer) {
    return issuer.getScheme() + "://" + issuer.getRawAuthority();
  }

  /**
   * A path as it stands in a URL; what a container has encoded already is left so. A context path
   * whose name really has {@code %50} in it is taken for an encoded one.
   */
  static String encoded(String path) {
    try {
      return new URI(null, null, path, null)
          .toASCIIString()
          .replaceAll("%25(?=[0-9A-Fa-f]{2})", "%");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The page of {@code face}, if there is one and the request tells where. */
  Optional<String> find(Reason face, HttpServletRequest request) {
    if (!isServed || !TroubleshootingPages.exist(face)) {
      return Optional.empty();
    }
    String page = path + "/errors/" + face.number();
    return transport == null
        ? Optional.of(base + page)
        : origin(transport, request).map(origin -> origin + page);
  }

  private static Optional<String> origin(Transport transport, HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host != null && HOST.matcher(host).matches()
        ? Optional.of((transport.isHttps(request) ? "https://" : "http://") + host)
        : Optional.empty();
  }
}
