package dev.postern.servlet;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Outcome;
import dev.postern.core.Reason;
import dev.postern.core.RecentRefusals;
import dev.postern.core.Refusal;
import dev.postern.core.UnavailableException;
import dev.postern.servlet.ContainerUser.Found;
import dev.postern.servlet.dryrun.Rehearsals;
import dev.postern.servlet.events.RefusalLog;
import dev.postern.servlet.events.Trace;
import dev.postern.servlet.pages.DoctorPage;
import dev.postern.servlet.pages.Page;
import dev.postern.servlet.pages.PageRequest;
import dev.postern.servlet.pages.RefusalPages;
import dev.postern.servlet.request.Transport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The pages of recent refusals, with their private causes, and of the doctor's findings: for those
 * in one role, who log in as {@code web.xml} says. Only the dry run takes a POST, and it changes
 * nothing either. Thread-safe.
 */
final class TracePages {
  private final Optional<String> role;
  private final RecentRefusals refusals;
  private final Doctor doctor;
  private final Rehearsals rehearsals;
  private final Transport transport;
  private final ErrorPages others;
  private final Lazy<RefusalPages> pages = new Lazy<>(RefusalPages::new);

  /**
   * The pages.
   *
   * @param role who may see them; without one there are none
   * @param others what answers then
   */
  TracePages(
      Optional<String> role,
      RecentRefusals refusals,
      Doctor doctor,
      Rehearsals rehearsals,
      Transport transport,
      ErrorPages others) {
    this.role = role;
    this.refusals = refusals;
    this.doctor = doctor;
    this.rehearsals = rehearsals;
    this.transport = transport;
    this.others = others;
  }

  /**
   * Answers with the page at {@code path}, which is what follows {@code errors}.
   *
   * @param front what tells the listeners when nobody can log in now
   */
  void answer(
      String path, HttpFront front, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (role.isEmpty()) {
      others.answer(path, request, response);
    } else if (!PageWriter.refusesMethod(methods(path), request, response)) {
      PageRequest asked = PageWriter.read(path, request);
      try {
        answer(role.get(), asked, request, response);
      } catch (UnavailableException e) {
        front.note(e.refusal(), "", Trace.of(request), request);
        refuse(e.refusal().reason(), asked, request, response);
      } catch (RuntimeException | LinkageError bug) {
        Trace trace = Trace.of(request);
        Refusal refusal = front.bug(bug, trace);
        front.note(refusal, "", trace, request);
        refuse(refusal.reason(), asked, request, response);
      }
    }
  }

  private void refuse(
      Reason reason, PageRequest asked, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status = TokenResponseWriter.status(reason, new AuthorizationHeader.Absent(), "", response);
    PageWriter.writeRefusal(pages.get().refused(asked, reason.face()), status, request, response);
  }

  private void answer(
      String allowed, PageRequest asked, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Nobody is to be asked for a password where it could be read on the way.
    boolean isProtected = transport.check(request) instanceof Outcome.Passed;
    if (!isProtected || isLoggedIn(request, response)) {
      boolean isAllowed = isProtected && request.isUserInRole(allowed);
      Page page = isAllowed ? found(asked, request) : pages.get().forbidden(asked);
      PageWriter.writePrivate(page, request, response);
    }
  }

  private static List<String> methods(String path) {
    return isDryRun(path) ? List.of("GET", "HEAD", "POST") : List.of("GET", "HEAD");
  }

  private static boolean isDryRun(String path) {
    return path.equals("/dry-run");
  }

  private Page found(PageRequest asked, HttpServletRequest request) {
    if (isDryRun(asked.path())) {
      return rehearsals.answer(asked, request, transport.source(request));
    }
    return asked.path().equals("/doctor")
        ? DoctorPage.of(asked, doctor.findings())
        : pages.get().find(sought(asked), refusals);
  }

  /** Refusals are kept as the log has them. */
  private static PageRequest sought(PageRequest asked) {
    return new PageRequest(
        asked.path(),
        asked.language(),
        asked.acceptLanguage(),
        RefusalLog.sought(asked.search().strip()));
  }

  /**
   * If not, the container has asked for the password in its own way. Where nobody can log in,
   * nobody is in the role.
   */
  private static boolean isLoggedIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Outcome<Found> user = ContainerUser.current(request, response);
    return !(user.equals(Outcome.of(Found.NOBODY)) ? ContainerUser.ask(request, response) : user)
        .equals(Outcome.of(Found.ANSWERED));
  }
}
