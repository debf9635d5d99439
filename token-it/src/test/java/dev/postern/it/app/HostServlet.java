package dev.postern.it.app;

import dev.postern.core.AuthorizationServer;
import dev.postern.core.CodeRequest;
import dev.postern.core.IssuedCode;
import dev.postern.core.Outcome;
import dev.postern.core.UnavailableException;
import dev.postern.servlet.Postern;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** An application that uses the host API: what it is asked for, it asks Postern for. */
public final class HostServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public HostServlet() {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setCharacterEncoding("UTF-8");
    response.setContentType("text/plain;charset=UTF-8");
    try {
      response.getWriter().print(answer(request));
    } catch (UnavailableException e) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  private String answer(HttpServletRequest request) {
    AuthorizationServer server = Postern.in(getServletContext());
    String subject = request.getParameter("subject");
    String token = request.getParameter("token");
    switch (request.getParameter("do")) {
      case "code":
        return code(server, request);
      case "codes":
        for (int i = Integer.parseInt(request.getParameter("count")); i > 0; i--) {
          code(server, request);
        }
        return "done";
      case "find":
        return server
            .find(token)
            .map(
                found ->
                    String.join(
                        "|",
                        found.clientId(),
                        found.subject(),
                        found.scope().toString(),
                        Long.toString(found.expiresIn().toSeconds())))
            .orElse("none");
      case "revoke-token":
        server.revokeToken(token);
        return "done";
      case "revoke-user":
        server.revokeUser(subject);
        return "done";
      case "revoke-client":
        server.revokeClient(request.getParameter("client"));
        return "done";
      default:
        throw new IllegalArgumentException("what?");
    }
  }

  private static String code(AuthorizationServer server, HttpServletRequest request) {
    CodeRequest asked =
        CodeRequest.of(request.getParameter("client"), request.getParameter("subject"));
    String redirectUri = request.getParameter("redirect_uri");
    if (redirectUri != null) {
      asked = asked.redirectUri(redirectUri);
    }
    String scope = request.getParameter("scope");
    if (scope != null) {
      asked = asked.scope(scope);
    }
    String challenge = request.getParameter("code_challenge");
    if (challenge != null) {
      String method = Optional.ofNullable(request.getParameter("code_challenge_method")).orElse("");
      asked = asked.codeChallenge(challenge, method);
    }
    Outcome<IssuedCode> issued = server.issueCode(asked);
    return issued.fold(
        code -> "code " + code.code().reveal(),
        refusal -> "refused " + refusal.reason().name() + " " + refusal.subject());
  }
}
