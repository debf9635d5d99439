package dev.postern.it.probe;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Logs in with what the query says; looks a name up in JNDI. */
public final class LoginServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public LoginServlet() {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().print(outcome(request));
  }

  @Override
  @SuppressWarnings("BanJNDI") // What this test is about.
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    try {
      Object found = new InitialContext().lookup("java:comp/env/" + request.getParameter("name"));
      response.getWriter().print(found);
    } catch (NamingException e) {
      throw new ServletException(e);
    }
  }

  private static String outcome(HttpServletRequest request) {
    try {
      request.login(request.getParameter("user"), request.getParameter("password"));
      String who = request.getRemoteUser() + " " + request.isUserInRole("user");
      request.logout();
      return who;
    } catch (ServletException | RuntimeException e) {
      // Jetty wraps whatever its realm throws, a wrong password included; Tomcat wraps nothing.
      return "refused: " + root(e);
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause == null ? thrown : root(cause);
  }
}
