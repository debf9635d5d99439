package dev.postern.sample;

import dev.postern.core.CodeRequest;
import dev.postern.core.IssuedCode;
import dev.postern.core.Outcome;
import dev.postern.servlet.Postern;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * Where a client sends the user's browser (RFC 6749 s4.1.1): asks the user, who is logged in, and
 * sends the browser back with an authorization code.
 */
public final class ApproveServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String ASKED = "approve";
  private static final List<String> PARAMETERS =
      List.of(
          "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method");

  /** Made by the container. */
  public ApproveServlet() {}

  /** Asks. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String asked = UUID.randomUUID().toString();
    request.getSession().setAttribute(ASKED, asked);
    StringBuilder form = new StringBuilder("<form method=post>");
    for (String name : PARAMETERS) {
      form.append(hidden(name, text(request, name)));
    }
    form.append(hidden(ASKED, asked));
    String question =
        "May %s act for you, %s, and use %s?"
            .formatted(text(request, "client_id"), request.getRemoteUser(), text(request, "scope"));
    Html.write(
        response,
        HttpServletResponse.SC_OK,
        form + "<p>" + Html.escape(question) + "</p><button>Yes</button></form>");
  }

  /** The user said yes. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!isAnswer(request)) {
      Html.write(response, HttpServletResponse.SC_FORBIDDEN, "<p>Nobody asked you.</p>");
      return;
    }
    Outcome<IssuedCode> code =
        Postern.in(getServletContext())
            .issueCode(
                CodeRequest.of(request.getParameter("client_id"), request.getRemoteUser())
                    .redirectUri(request.getParameter("redirect_uri"))
                    .scope(request.getParameter("scope"))
                    .codeChallenge(
                        request.getParameter("code_challenge"),
                        request.getParameter("code_challenge_method")));
    if (code instanceof Outcome.Passed<IssuedCode> issued) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("Location", issued.value().location(request.getParameter("state")));
    } else if (code instanceof Outcome.Stopped<IssuedCode> refused) {
      // Not by redirecting: it may be the redirect URI that is wrong (RFC 6749 s4.1.2.1).
      Html.write(
          response,
          HttpServletResponse.SC_BAD_REQUEST,
          "<p>No: " + Html.escape(refused.refusal().description()) + "</p>");
    }
  }

  /** Whether this is the answer to our question, and not a form on somebody else's site. */
  private static boolean isAnswer(HttpServletRequest request) {
    HttpSession session = request.getSession();
    Object asked = session.getAttribute(ASKED);
    session.removeAttribute(ASKED);
    return text(request, ASKED).equals(asked);
  }

  private static String hidden(String name, String value) {
    return "<input type=hidden name=" + name + " value=\"" + Html.escape(value) + "\">";
  }

  /** A parameter; empty when it is not there, which is the same (RFC 6749 s3.1). */
  private static String text(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value;
  }
}
