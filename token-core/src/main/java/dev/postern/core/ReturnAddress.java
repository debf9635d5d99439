package dev.postern.core;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the browser goes back to with the answer of the authorization endpoint (RFC 6749 s4.1.2).
 * Exists only for a redirect URI that is the client's. Immutable.
 */
public final class ReturnAddress {
  private final String redirectUri;
  private final Optional<String> state;
  private final Optional<String> issuer;

  /**
   * An address.
   *
   * @param redirectUri one that is registered for the client
   * @param state "the exact value received from the client" (s4.1.2)
   * @param issuer who answers (RFC 9207), where that is configured
   */
  ReturnAddress(String redirectUri, Optional<String> state, Optional<String> issuer) {
    this.redirectUri = redirectUri;
    this.state = state;
    this.issuer = issuer;
  }

  /** The redirect URI as it was asked for, without any answer. */
  public String redirectUri() {
    return redirectUri;
  }

  /** The redirect URI with these parameters, with {@code state} and {@code iss}. */
  public String with(Map<String, String> answer) {
    Map<String, String> parameters = new LinkedHashMap<>(answer);
    state.ifPresent(value -> parameters.put("state", value));
    issuer.ifPresent(value -> parameters.put("iss", value));
    StringBuilder location = new StringBuilder(redirectUri);
    // The query of a redirect URI "MUST be retained when adding additional query parameters"
    // (s3.1.2)
    char separator = redirectUri.indexOf('?') < 0 ? '?' : '&';
    boolean isSeparated = redirectUri.endsWith("?") || redirectUri.endsWith("&");
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      location.append(isSeparated ? "" : separator);
      location.append(parameter.getKey()).append('=').append(encoded(parameter.getValue()));
      separator = '&';
      isSeparated = false;
    }
    return location.toString();
  }

  /** A blank as %20: who decodes it as a form and who decodes it as a URI read the same. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "ReturnAddress " + redirectUri;
  }
}
