package dev.postern.servlet.request;

import dev.postern.core.Outcome;
import dev.postern.core.RefreshToken;
import dev.postern.core.Refusal;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the access token of a request (RFC 6750 s2.1). */
public final class BearerToken {
  private static final int MAX_LENGTH = 16_000;

  /** {@code b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="}. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,16000}={0,2}");

  private static final Pattern JWT = Pattern.compile("eyJ[^.]*\\.[^.]+\\.[^.]*");

  private BearerToken() {}

  /**
   * The token in the {@code Authorization} header. "Clients MUST NOT pass access tokens in a URI
   * query parameter" (RFC 9700 s4.3.2): who does is told so. A form is not even looked at, so that
   * it stays the application's.
   */
  public static Outcome<Secret> of(HttpServletRequest request) {
    String name = "access_token";
    if (QueryString.parse(request.getQueryString()).names().contains(name)) {
      return Outcome.refused(StandardReason.ACCESS_TOKEN_IN_QUERY, name);
    }
    List<String> lines = HeaderLines.of(request, "Authorization");
    if (lines.isEmpty()) {
      return Outcome.refused(StandardReason.BEARER_TOKEN_MISSING);
    }
    return lines.size() > 1
        ? Outcome.refused(StandardReason.SEVERAL_AUTHORIZATION_HEADERS)
        : read(lines.get(0).strip());
  }

  private static Outcome<Secret> read(String line) {
    int space = line.indexOf(' ');
    String scheme = space < 0 ? line : line.substring(0, space);
    if (!scheme.equalsIgnoreCase("Bearer")) {
      return Outcome.refused(
          Refusal.of(StandardReason.BEARER_TOKEN_MISSING)
              .withDetail("the Authorization header has another scheme than Bearer"));
    }
    String token = line.substring(scheme.length()).strip();
    return token.length() <= MAX_LENGTH && TOKEN.matcher(token).matches()
        ? Outcome.of(Secret.of(token))
        : Outcome.refused(StandardReason.BEARER_TOKEN_MALFORMED);
  }

  /** What a token that nobody knows looks like, in words for the operator; may be empty. */
  public static String form(Secret token) {
    String text = token.reveal();
    if (JWT.matcher(text).matches()) {
      return "it is a JWT, which this server does not issue";
    }
    return RefreshToken.parse(text).isPresent() ? "it is as long as a refresh token" : "";
  }
}
