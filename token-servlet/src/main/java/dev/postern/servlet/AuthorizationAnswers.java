package dev.postern.servlet;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.AuthorizationRequest;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.ReturnAddress;
import dev.postern.servlet.events.Trace;
import dev.postern.servlet.pages.AuthorizationPages;
import dev.postern.servlet.pages.ConsentView;
import dev.postern.servlet.pages.Page;
import dev.postern.servlet.pages.PageRequest;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the authorization endpoint answers with when it is no code. Thread-safe. */
final class AuthorizationAnswers {
  private final HttpFront front;
  private final ErrorUris errorUris;
  private final Optional<ConsentPage> ownPage;
  private final ScopeTexts scopeTexts;
  private final Lazy<AuthorizationPages> pages = new Lazy<>(AuthorizationPages::new);

  /**
   * Answers.
   *
   * @param front what tells the listeners
   * @param errorUris where refusals are explained
   * @param ownPage the application's own page that asks for consent
   * @param scopeTexts what scopes are in words
   */
  AuthorizationAnswers(
      HttpFront front, ErrorUris errorUris, Optional<ConsentPage> ownPage, ScopeTexts scopeTexts) {
    this.front = front;
    this.errorUris = errorUris;
    this.ownPage = ownPage;
    this.scopeTexts = scopeTexts;
  }

  /** Asks the user for consent. */
  void ask(
      ConsentQuestion question,
      AuthorizationRequest asked,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    if (ownPage.isPresent()) {
      PageWriter.forbidFraming(response);
      ownPage.get().ask(question, request, response);
      return;
    }
    PageRequest page = pageRequest(request, asked.parameters().getOrDefault("ui_locales", ""));
    String language = pages.get().language(page);
    ConsentView view =
        new ConsentView(
            question.client().name().isEmpty() ? question.client().id() : question.client().name(),
            question.user(),
            scopeTexts.of(question.scope(), language),
            question.endsBy(),
            destination(question.redirectUri()),
            question.action(),
            question.fields(),
            ConsentQuestion.ANSWER,
            AuthorizationPaths.languages(asked.parameters()));
    PageWriter.writeForm(pages.get().consent(view, page), question.formAction(), request, response);
  }

  /** The host, or where there is none, the scheme that an app has. */
  private static String destination(String redirectUri) {
    URI uri = URI.create(redirectUri);
    String host = uri.getHost();
    return host == null ? uri.getScheme() + ":" : host;
  }

  /** Tells the client where that is allowed, else the person. */
  void refuse(
      Refusal refusal,
      String clientId,
      Optional<ReturnAddress> returnTo,
      Trace trace,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    front.note(refusal, clientId, trace, request);
    Optional<String> uri = errorUris.find(refusal.reason().face(), request);
    if (returnTo.isPresent()) {
      PageWriter.redirect(returnTo.get().with(error(refusal, uri)), response);
    } else {
      Page page =
          pages
              .get()
              .refused(
                  refusal,
                  trace.traceId(),
                  trace.correlationId(),
                  uri.orElse(""),
                  pageRequest(request, ""));
      int status =
          TokenResponseWriter.status(
              refusal.reason(), new AuthorizationHeader.Absent(), "GET, POST", response);
      PageWriter.writeRefusal(page, status, request, response);
    }
  }

  /** RFC 6749 s4.1.2.1. */
  private static Map<String, String> error(Refusal refusal, Optional<String> uri) {
    Reason face = refusal.reason().face();
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("error", face.code().wire());
    answer.put("error_description", refusal.description());
    uri.ifPresent(page -> answer.put("error_uri", page));
    return answer;
  }

  private static PageRequest pageRequest(HttpServletRequest request, String uiLocales) {
    PageRequest asked = PageWriter.read("", request);
    return new PageRequest("", uiLocales, asked.acceptLanguage(), "");
  }
}
