package dev.postern.sample;

import dev.postern.core.StoredAccessToken;
import dev.postern.servlet.Postern;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** A protected resource: wants an access token with scope orders.read (RFC 6750). */
public final class OrdersServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public OrdersServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<String> shown = bearerToken(request);
    Optional<StoredAccessToken> token = shown.flatMap(Postern.in(getServletContext())::find);
    if (token.isEmpty()) {
      // "If the request lacks any authentication information [...] SHOULD NOT include an error
      // code"
      String error = shown.isPresent() ? ", error=\"invalid_token\"" : "";
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, error);
    } else if (!token.get().scope().contains("orders.read")) {
      refuse(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          ", error=\"insufficient_scope\", scope=\"orders.read\"");
    } else {
      response.setContentType("text/plain");
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.getWriter().println("The orders that " + token.get().subject() + " may read.");
    }
  }

  private static Optional<String> bearerToken(HttpServletRequest request) {
    String scheme = "Bearer ";
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(header -> header.substring(scheme.length()).strip());
  }

  private static void refuse(HttpServletResponse response, int status, String error) {
    response.setStatus(status);
    response.setHeader("WWW-Authenticate", "Bearer realm=\"orders\"" + error);
  }
}
