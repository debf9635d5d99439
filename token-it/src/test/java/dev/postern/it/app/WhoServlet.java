package dev.postern.it.app;

import dev.postern.servlet.BearerFilter;
import dev.postern.servlet.TokenPrincipal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;

/** A protected resource: says who asks, as far as it can see. */
public final class WhoServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public WhoServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    Principal user = request.getUserPrincipal();
    if (!(user instanceof TokenPrincipal)) {
      response.getWriter().print("somebody else");
      return;
    }
    TokenPrincipal token = (TokenPrincipal) user;
    response
        .getWriter()
        .print(
            String.join(
                "|",
                user.getName(),
                request.getRemoteUser(),
                request.getAuthType(),
                token.clientId(),
                token.scope().toString(),
                "" + request.isUserInRole("SCOPE_orders.read"),
                "" + request.isUserInRole("api:orders.read"),
                "" + request.isUserInRole("orders.read"),
                "" + request.isUserInRole("user"),
                request.getAttribute(BearerFilter.SUBJECT)
                    + " "
                    + request.getAttribute(BearerFilter.CLIENT_ID)
                    + " "
                    + request.getAttribute(BearerFilter.SCOPE),
                "" + isToken(request),
                "" + isAlive(request, token),
                "" + request.getParameter("access_token")));
  }

  private static boolean isToken(HttpServletRequest request) {
    Object token = request.getAttribute(BearerFilter.ACCESS_TOKEN);
    return request.getHeader("Authorization").endsWith(" " + token);
  }

  private static boolean isAlive(HttpServletRequest request, TokenPrincipal token) {
    Duration left = Duration.between(Instant.now(), token.expiresAt());
    return token.expiresAt().equals(request.getAttribute(BearerFilter.EXPIRES_AT))
        && !left.isNegative()
        && left.compareTo(Duration.ofMinutes(10)) <= 0;
  }
}
