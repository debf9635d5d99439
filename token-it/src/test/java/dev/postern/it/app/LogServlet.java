package dev.postern.it.app;

import dev.postern.it.LogCapture;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Shows what the application has logged since it started, to tests in another process: {@code
 * ?with=TEXT} the one line that contains it, {@code ?everything} all as it would be printed, else
 * all lines.
 */
public final class LogServlet extends HttpServlet implements ServletContextListener {
  /** What stands between two lines: a message may have more than one. */
  public static final String SEPARATOR = "\u001E";

  private static final long serialVersionUID = 1;
  private static final String LOG = LogServlet.class.getName();

  /** Made by the container. */
  public LogServlet() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    event.getServletContext().setAttribute(LOG, LogCapture.start());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    ((LogCapture) event.getServletContext().getAttribute(LOG)).close();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    LogCapture log = (LogCapture) getServletContext().getAttribute(LOG);
    String text = request.getParameter("with");
    response.setContentType("text/plain;charset=UTF-8");
    try {
      String found =
          text != null
              ? log.lineWith(text)
              : request.getParameter("everything") != null
                  ? log.everything()
                  : String.join(SEPARATOR, log.lines());
      response.getOutputStream().write(found.getBytes(StandardCharsets.UTF_8));
    } catch (AssertionError e) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      response.getOutputStream().write(e.getMessage().getBytes(StandardCharsets.UTF_8));
    }
  }
}
