package dev.postern.servlet;

import dev.postern.servlet.request.Transport;
import dev.postern.servlet.settings.Configuration;
import java.net.URI;
import java.util.Optional;

/**
 * Where clients see what this application serves: below {@code publicUrl}, which stands for the
 * filter's mapping, or on the host of the issuer. Immutable.
 */
final class PublicUrls {
  private final Optional<URI> publicUrl;
  private final Optional<URI> issuer;
  private final String contextPath;
  private final Transport transport;

  PublicUrls(Configuration configuration, String contextPath, Transport transport) {
    this.publicUrl = configuration.url("publicUrl");
    this.issuer = configuration.url("issuer");
    this.contextPath = contextPath;
    this.transport = transport;
  }

  /** Where the operator says that the endpoints are, if that is said. */
  Optional<URI> configured() {
    return publicUrl.isPresent() ? publicUrl : issuer;
  }

  /** The URL of {@code path} of this application; never on the host that a request names. */
  String of(URI ofIssuer, EndpointPaths paths, String path) {
    String mapping = paths.base().orElse(paths.tokenPath());
    return publicUrl.isPresent()
        ? publicUrl.get().toASCIIString().replaceAll("/+$", "") + path.substring(mapping.length())
        : ErrorUris.origin(ofIssuer) + ErrorUris.encoded(contextPath + path);
  }

  /** The pages behind {@code error_uri}, of an endpoint that has them below this path, if any. */
  ErrorUris errorPages(Optional<String> base) {
    if (base.isEmpty()) {
      return ErrorUris.none();
    }
    if (publicUrl.isPresent()) {
      return ErrorUris.below(publicUrl.get());
    }
    String path = contextPath + base.get();
    return issuer.isPresent()
        ? ErrorUris.at(issuer.get(), path)
        : ErrorUris.atHostOfRequest(path, transport);
  }
}
