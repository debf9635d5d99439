package dev.postern.servlet;

import dev.postern.core.AuthorizationEndpoint;
import dev.postern.core.AuthorizationRequest;
import dev.postern.core.AuthorizationResult;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.ReturnAddress;
import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import dev.postern.core.Visitor;
import dev.postern.servlet.events.Trace;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization endpoint over HTTP (RFC 6749 s3.1): reads the request, has the container say
 * who the user is, asks for consent, sends the browser back. Thread-safe.
 */
final class AuthorizationFront {
  /** Under which name the application's login page finds {@code login_hint}. */
  static final String LOGIN_HINT = "dev.postern.login_hint";

  private static final int LONGEST_HINT = 255;

  private final HttpFront front;
  private final AuthorizationEndpoint endpoint;
  private final ConsentForm form;
  private final FreshLogin logins;
  private final AuthorizationAnswers answers;

  AuthorizationFront(
      HttpFront front,
      AuthorizationEndpoint endpoint,
      ConsentForm form,
      FreshLogin logins,
      AuthorizationAnswers answers) {
    this.front = front;
    this.endpoint = endpoint;
    this.form = form;
    this.logins = logins;
    this.answers = answers;
  }

  void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Outcome<Form> read = front.readAuthorization(request, AuthorizationFront::isOurs);
    if (read instanceof Outcome.Passed<Form> passed) {
      answer(passed.value(), request, response);
    } else {
      refuse(read.refusal(), "", Optional.empty(), request, response);
    }
  }

  private static boolean isOurs(String name) {
    return AuthorizationEndpoint.knows(name) || ConsentForm.knows(name);
  }

  private void answer(Form asked, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String clientId = asked.first("client_id").orElse("");
    try {
      Outcome<ContainerUser.Found> user = ContainerUser.current(request, response);
      goOn(user, asked, request, response);
    } catch (UnavailableException e) {
      refuse(e.refusal(), clientId, Optional.empty(), request, response);
    } catch (RuntimeException | LinkageError bug) {
      Trace trace = Trace.of(request);
      answers.refuse(front.bug(bug, trace), "", Optional.empty(), trace, request, response);
    }
  }

  private void goOn(
      Outcome<ContainerUser.Found> user,
      Form asked,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    if (user.equals(Outcome.of(ContainerUser.Found.ANSWERED))) {
      return;
    }
    Outcome<Visitor> visitor =
        user.then(
            found ->
                found
                    .user()
                    .map(name -> visitor(name, asked, request))
                    .orElseGet(() -> Outcome.of(Visitor.NOBODY)));
    if (visitor instanceof Outcome.Passed<Visitor> passed) {
      settle(endpoint.handle(asked, passed.value()), asked, passed.value(), request, response);
    } else {
      String clientId = asked.first("client_id").orElse("");
      refuse(visitor.refusal(), clientId, Optional.empty(), request, response);
    }
  }

  private Outcome<Visitor> visitor(String user, Form asked, HttpServletRequest request) {
    if (isPost(request) && ConsentForm.isAnswered(asked)) {
      return form.answer(asked, user, request);
    }
    boolean isFresh = logins.isDone(AuthorizationEndpoint.parameters(asked), request);
    return Outcome.of(isFresh ? Visitor.of(user).freshly() : Visitor.of(user));
  }

  private void settle(
      AuthorizationResult result,
      Form asked,
      Visitor visitor,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    if (result instanceof AuthorizationResult.Granted granted) {
      logins.end(request, response);
      front.noteCode(granted.grant(), request);
      PageWriter.redirect(granted.location(), response);
    } else if (result instanceof AuthorizationResult.Refused refused) {
      logins.end(request, response);
      refuse(refused.refusal(), refused.clientId(), refused.returnTo(), request, response);
    } else if (result instanceof AuthorizationResult.AskConsent consent) {
      AuthorizationRequest wanted = consent.request();
      answers.ask(
          form.question(wanted, visitor.user().orElseThrow(), request, response),
          wanted,
          request,
          response);
    } else if (result instanceof AuthorizationResult.LoginFirst login) {
      login(login, asked, request, response);
    }
  }

  private void login(
      AuthorizationResult.LoginFirst login,
      Form asked,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    Map<String, String> parameters = AuthorizationEndpoint.parameters(asked);
    if (login.again()) {
      again(login, parameters, request, response);
    } else if (isPost(request)) {
      // Containers keep a request while the user logs in, but not a body that was read. What is
      // repeated stays so: it is yet to be refused.
      PageWriter.redirect(AuthorizationPaths.get(request, asked), response);
    } else {
      asked
          .first("login_hint")
          .filter(hint -> hint.length() <= LONGEST_HINT)
          .ifPresent(hint -> request.setAttribute(LOGIN_HINT, hint));
      goOn(ContainerUser.ask(request, response), asked, request, response);
    }
  }

  private void again(
      AuthorizationResult.LoginFirst login,
      Map<String, String> parameters,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (logins.begin(parameters, request, response)) {
      PageWriter.redirect(AuthorizationPaths.get(request, parameters), response);
    } else {
      Refusal refusal =
          Refusal.of(StandardReason.LOGIN_NEEDED, "prompt")
              .withDetail("only with FORM login can a user be asked again");
      refuse(refusal, login.clientId(), Optional.of(login.returnTo()), request, response);
    }
  }

  private void refuse(
      Refusal refusal,
      String clientId,
      Optional<ReturnAddress> returnTo,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Trace trace = Trace.of(request);
    answers.refuse(refusal, clientId, returnTo, trace, request, response);
  }

  private static boolean isPost(HttpServletRequest request) {
    return request.getMethod().equals("POST");
  }
}
