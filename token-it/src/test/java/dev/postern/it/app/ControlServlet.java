package dev.postern.it.app;

import dev.postern.core.TokenListener;
import dev.postern.core.TokenStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Makes the {@link FlakyStore} fail, and tells what the {@link Recorder} heard. */
public final class ControlServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public ControlServlet() {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    FlakyStore store = (FlakyStore) getServletContext().getAttribute(TokenStore.class.getName());
    store.fail(request.getParameter("fail"), request.getParameter("unexpectedly") != null);
    List<?> listeners = (List<?>) getServletContext().getAttribute(TokenListener.class.getName());
    response.setContentType("text/plain");
    response.getWriter().print(((Recorder) listeners.get(0)).events());
  }
}
