package dev.postern.it.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** All of the application that is not Postern: says what reached it. */
public final class BehindServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public BehindServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getRequestURI().endsWith("/session")) {
      request.getSession(true).setAttribute("visited", true);
    }
    response.setContentType("text/plain");
    response.getWriter().print("behind " + request.getMethod() + " " + request.getRequestURI());
  }
}
