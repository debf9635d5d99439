package dev.postern.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Extension point: the application's own page that asks a user for consent, in place of ours. What
 * it writes is a form that is posted to {@link ConsentQuestion#action()} with all of {@link
 * ConsentQuestion#fields()} and the user's answer; Postern checks that it comes from this page.
 * Thread-safe.
 */
public interface ConsentPage {

  /**
   * Writes the page. {@code no-store} and {@code frame-ancestors 'none'} are set already; the
   * page's own policy has to let the form be posted to this server and be redirected to the client
   * ({@link ConsentQuestion#formAction()}).
   */
  void ask(ConsentQuestion question, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException;
}
