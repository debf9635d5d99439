package dev.postern.servlet.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * Whether users can log in as {@code web.xml} says, and whether their logins last until they come
 * to the authorization endpoint. Immutable.
 */
final class Logins {
  private final WebXml web;
  private final WebXml tomcat;

  /**
   * The logins of an application.
   *
   * @param tomcat its {@code META-INF/context.xml}
   */
  Logins(WebXml web, WebXml tomcat) {
    this.web = web;
    this.tomcat = tomcat;
  }

  /** What is said of them, if anybody has to log in: for whom, in words. */
  Optional<Finding> missing(List<String> purposes) {
    boolean isMissing = !purposes.isEmpty() && web.all("login-config").isEmpty();
    return isMissing
        ? Optional.of(
            new Finding(
                FindingKind.LOGIN_MISSING,
                "web.xml has no login-config, needed for " + String.join(" and ", purposes)))
        : Optional.empty();
  }

  /**
   * What loses the login of a user whom a client sends to {@code path}; credentials that come with
   * each request need no session.
   *
   * @param path of the authorization endpoint, with the context path
   */
  List<Finding> lost(String path) {
    List<String> methods = web.texts("auth-method");
    if (!methods.isEmpty() && !methods.contains("FORM")) {
      return List.of();
    }
    List<String> causes = new ArrayList<>();
    List<String> tracking = web.texts("tracking-mode");
    if (!tracking.isEmpty() && !tracking.contains("COOKIE")) {
      causes.add("sessions are tracked by " + String.join(", ", tracking) + ", not by a cookie");
    }
    for (Element cookie : web.within("session-config", "cookie-config")) {
      for (String sent : WebXml.texts(cookie, "path")) {
        if (!isBelow(sent, path)) {
          causes.add("the session cookie is for " + sent + ", not for " + path);
        }
      }
      for (Element attribute : WebXml.children(cookie, "attribute")) {
        if (WebXml.text(attribute, "attribute-name").equalsIgnoreCase("SameSite")
            && WebXml.text(attribute, "attribute-value").equalsIgnoreCase("Strict")) {
          causes.add("the session cookie is SameSite=Strict");
        }
      }
    }
    if (tomcat.has("sameSiteCookies", "strict")) {
      causes.add("META-INF/context.xml has sameSiteCookies=\"strict\"");
    }
    List<Finding> findings = new ArrayList<>();
    for (String cause : causes) {
      findings.add(new Finding(FindingKind.LOGIN_LOST, cause));
    }
    return findings;
  }

  /** As browsers match the path of a cookie (RFC 6265 s5.1.4). */
  private static boolean isBelow(String cookie, String path) {
    return path.equals(cookie)
        || path.startsWith(cookie.endsWith("/") ? cookie : cookie + "/")
        || cookie.isEmpty();
  }
}
