package dev.postern.it.probe;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A token endpoint that somebody wrote long ago, without a thought of caches or of Postern. */
public final class LegacyTokenServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public LegacyTokenServlet() {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response
        .getWriter()
        .printf(
            "{\"access_token\":\"legacy\",\"grant_type\":\"%s\",\"principal\":\"%s\"}",
            request.getParameter("grant_type"), request.getUserPrincipal().getName());
  }
}
