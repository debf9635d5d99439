package dev.postern.it.probe;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Tells what database lies behind a name under {@code java:comp/env/}. */
public final class SourceServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public SourceServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().print(product("java:comp/env/" + request.getParameter("name")));
  }

  @SuppressWarnings("BanJNDI") // It is the tests that name what is looked up.
  private static String product(String name) {
    try (Connection connection = ((DataSource) new InitialContext().lookup(name)).getConnection()) {
      return connection.getMetaData().getDatabaseProductName();
    } catch (NamingException | SQLException e) {
      return e.getClass().getSimpleName();
    }
  }
}
