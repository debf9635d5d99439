package dev.postern.servlet.request;

import dev.postern.core.Outcome;
import dev.postern.core.ResourceOwners;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.sql.SQLException;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Has the container's own realm check a password, and undoes the login whatever comes of it: a
 * token request leaves no session and no user behind.
 */
public final class ContainerLogin implements ResourceOwners {
  private final HttpServletRequest request;

  ContainerLogin(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public Outcome<String> authenticate(String username, Secret password) {
    if (request.getSession(false) != null || isSomebodyLoggedIn()) {
      return Outcome.refused(StandardReason.USER_ALREADY_LOGGED_IN);
    }
    try {
      request.login(username, password.reveal());
      Principal user = request.getUserPrincipal();
      return user == null || user.getName() == null
          ? Outcome.refused(StandardReason.PASSWORD_REFUSED)
          : Outcome.of(user.getName());
    } catch (ServletException e) {
      if (isRealmDown(e)) {
        throw unavailable(e);
      }
      return Outcome.refused(StandardReason.PASSWORD_REFUSED);
    } catch (RuntimeException e) {
      throw unavailable(e);
    } finally {
      undo();
    }
  }

  /**
   * "ServletException - if ... validation of the provided username and password fails", says the
   * Servlet specification, and some containers wrap into it what happened to their realm.
   */
  public static boolean isRealmDown(ServletException thrown) {
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RuntimeException
          || cause instanceof IOException
          || cause instanceof NamingException
          || cause instanceof SQLException) {
        return true;
      }
    }
    return false;
  }

  /** Neither text nor cause of what was thrown goes on: some containers name the user in it. */
  private static UnavailableException unavailable(Exception thrown) {
    Throwable root = thrown;
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return new UnavailableException(
        StandardReason.REALM_UNAVAILABLE,
        "the container's realm threw " + root.getClass().getName());
  }

  private void undo() {
    try {
      request.logout();
    } catch (ServletException | RuntimeException e) {
      // Some containers complain when there is nobody to log out, as after a wrong password.
      if (isSomebodyLoggedIn()) {
        throw new UnavailableException(
            StandardReason.REALM_UNAVAILABLE,
            "the login could not be undone: " + e.getClass().getName());
      }
    } finally {
      end(request.getSession(false));
    }
  }

  /** Jetty looks for a user here by asking its realm about the client's Basic credentials. */
  private boolean isSomebodyLoggedIn() {
    try {
      return request.getUserPrincipal() != null || request.getRemoteUser() != null;
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  private static void end(@Nullable HttpSession session) {
    if (session == null) {
      return;
    }
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      // It has ended already.
    }
  }
}
