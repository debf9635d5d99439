package dev.postern.it.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends a request on within the application; both what and where to stand in headers. */
public final class DispatchServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public DispatchServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String to = request.getHeader("X-To");
    switch (request.getHeader("X-How")) {
      case "forward":
        request.getRequestDispatcher(to).forward(request, response);
        break;
      case "include":
        response.setContentType("text/plain");
        response.getWriter().print("included:");
        response.getWriter().flush();
        request.getRequestDispatcher(to).include(request, response);
        break;
      case "error":
        response.sendError(HttpServletResponse.SC_CONFLICT);
        break;
      case "async":
        AsyncContext async = request.startAsync();
        async.dispatch(to);
        break;
      default:
        throw new IllegalArgumentException("how?");
    }
  }
}
