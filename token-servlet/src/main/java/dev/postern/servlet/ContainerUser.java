package dev.postern.servlet;

import dev.postern.core.Outcome;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import dev.postern.servlet.request.ContainerLogin;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;

/**
 * Who the user is: whom the container knows, by its {@code login-config} or by whatever else sets
 * {@code getUserPrincipal()}. The application's session is left as it is.
 */
final class ContainerUser {
  private static final int LONGEST_NAME = 255;

  private static final String REQUEST_KEPT_BY_JETTY = "org.eclipse.jetty.security.form_URI";

  private static final String CONFIGURE =
      "nobody is logged in, and the container cannot ask: put a login-config into web.xml (BASIC,"
          + " or FORM with a login page), or have something before this filter set the user";

  private ContainerUser() {}

  /**
   * What the container says.
   *
   * @param user who is logged in; empty when nobody is
   * @param isAnswered whether the container has answered the request itself, with its login page or
   *     a challenge
   */
  record Found(Optional<String> user, boolean isAnswered) {
    static final Found NOBODY = new Found(Optional.empty(), false);
    static final Found ANSWERED = new Found(Optional.empty(), true);

    static Found of(String user) {
      return new Found(Optional.of(user), false);
    }
  }

  /**
   * Who is logged in. Where nothing is constrained some containers look at credentials only when
   * they are asked to.
   */
  static Outcome<Found> current(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!hasCredentials(request)) {
      return known(request);
    }
    try {
      Outcome<Found> known = known(request);
      return known.equals(Outcome.of(Found.NOBODY)) ? ask(request, response) : known;
    } catch (UnavailableException e) {
      // Jetty throws when it is asked for the user of Basic credentials that come with a session:
      // to that it wants to give another id, and has no response to tell the browser. Now it has.
      return ask(request, response);
    }
  }

  private static boolean hasCredentials(HttpServletRequest request) {
    return request.getHeader("Authorization") != null
        || request.getAttribute("jakarta.servlet.request.X509Certificate") != null;
  }

  private static Outcome<Found> known(HttpServletRequest request) {
    try {
      Principal principal = request.getUserPrincipal();
      // Who has a token of a user's has not that user's consent to have more.
      if (principal instanceof ClientPrincipal || principal instanceof TokenPrincipal) {
        return unfit("it is a client, or somebody who brings a token");
      }
      String name = principal == null ? request.getRemoteUser() : principal.getName();
      if (name == null && principal == null) {
        return Outcome.of(Found.NOBODY);
      }
      return name == null || !isFit(name)
          ? unfit("a name of 1 to " + LONGEST_NAME + " characters, none a control character")
          : Outcome.of(Found.of(name));
    } catch (RuntimeException e) {
      throw realmDown(e);
    }
  }

  private static boolean isFit(String name) {
    return !name.isEmpty() && name.length() <= LONGEST_NAME && ParameterSpec.hasNoControls(name);
  }

  private static Outcome<Found> unfit(String detail) {
    return Outcome.refused(Refusal.of(StandardReason.USER_UNFIT).withDetail(detail));
  }

  /** Has the container ask who the user is, in its own way. */
  static Outcome<Found> ask(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    forgetEarlierRequest(request);
    try {
      if (!request.authenticate(response)) {
        return Outcome.of(Found.ANSWERED);
      }
    } catch (ServletException e) {
      if (ContainerLogin.isRealmDown(e)) {
        throw realmDown(e);
      }
      return notConfigured();
    } catch (RuntimeException e) {
      throw realmDown(e);
    }
    // Some containers say yes where there is no login-config, and know nobody.
    return known(request)
        .then(found -> found.user().isPresent() ? Outcome.of(found) : notConfigured());
  }

  /**
   * Jetty sends a user who has logged in to the first request of the session that needed it. After
   * one that was given up, or was for another client, that would be the wrong one: "The exact value
   * received from the client" of {@code state} is due (RFC 6749 s4.1.2).
   */
  private static void forgetEarlierRequest(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.removeAttribute(REQUEST_KEPT_BY_JETTY);
    }
  }

  private static Outcome<Found> notConfigured() {
    return Outcome.refused(Refusal.of(StandardReason.LOGIN_NOT_CONFIGURED).withDetail(CONFIGURE));
  }

  /**
   * Logs the user out, so that the container asks again; what else the session holds stays.
   *
   * @return whether that is of any use: with Basic credentials, say, the browser sends the same
   *     ones again
   */
  static boolean logout(HttpServletRequest request) {
    if (!HttpServletRequest.FORM_AUTH.equals(request.getAuthType())) {
      return false;
    }
    try {
      request.logout();
      return request.getUserPrincipal() == null;
    } catch (ServletException e) {
      return false;
    }
  }

  /** The text of what was thrown goes nowhere: some containers name the user in it. */
  private static UnavailableException realmDown(Exception thrown) {
    return new UnavailableException(
        StandardReason.REALM_UNAVAILABLE, "the container threw " + thrown.getClass().getName());
  }
}
