package dev.postern.sample;

import dev.postern.servlet.Postern;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Takes back all that was issued for the user who is logged in, to whichever client. */
public final class LogoutEverywhereServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public LogoutEverywhereServlet() {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    Postern.in(getServletContext()).revokeUser(request.getRemoteUser());
    request.getSession().invalidate();
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
