package dev.postern.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A protected resource: the bearer filter in front of it wants the scope orders.read. */
public final class OrdersServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public OrdersServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().println("The orders that " + request.getRemoteUser() + " may read.");
  }
}
