package dev.postern.it.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The login page of an application with FORM login; says what it was told of the user. */
public final class LoginPageServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public LoginPageServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print("<h1>Log in</h1>hint=" + request.getAttribute("dev.postern.login_hint"));
  }
}
