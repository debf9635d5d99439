package dev.postern.it.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What an application keeps in its session: a POST puts something in, a GET tells it. */
public final class CartServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public CartServlet() {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getSession().setAttribute("cart", "three apples");
    doGet(request, response);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response
        .getWriter()
        .print(request.getSession().getAttribute("cart") + " of " + request.getRemoteUser());
  }
}
