package dev.postern.servlet;

import dev.postern.core.AuthorizationEndpoint;
import dev.postern.core.AuthorizationRequest;
import dev.postern.core.Client;
import dev.postern.core.ConsentProof;
import dev.postern.core.Form;
import dev.postern.core.Lifetimes;
import dev.postern.core.Outcome;
import dev.postern.core.RandomTokens;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The form with which a user answers the question for consent. It carries the request along, and a
 * proof for it under a key that stands in a cookie of this browser: no session is needed, ours or
 * the application's, and any node can take the answer. Thread-safe.
 */
final class ConsentForm {
  private static final String PROOF = "postern_proof";

  private static final String COOKIE = "postern-consent";

  private final ConsentProof proofs;
  private final RandomTokens random;
  private final OwnCookies cookies;
  private final Lifetimes lifetimes;
  private final InstantSource clock;

  ConsentForm(RandomTokens random, OwnCookies cookies, Lifetimes lifetimes, InstantSource clock) {
    this.proofs = new ConsentProof(clock);
    this.random = random;
    this.cookies = cookies;
    this.lifetimes = lifetimes;
    this.clock = clock;
  }

  /** Whether a parameter of this name belongs to the form. */
  static boolean knows(String name) {
    return name.equals(PROOF) || name.equals(ConsentQuestion.ANSWER);
  }

  /** Whether this is such an answer, or pretends to be. */
  static boolean isAnswered(Form form) {
    return form.first(ConsentQuestion.ANSWER).isPresent();
  }

  /** What to ask the user, who gets a key if the browser has none. */
  ConsentQuestion question(
      AuthorizationRequest asked,
      String user,
      HttpServletRequest request,
      HttpServletResponse response) {
    Secret key = cookies.find(COOKIE, request).orElseGet(() -> newKey(request, response));
    Map<String, String> fields = new LinkedHashMap<>(asked.parameters());
    fields.put(PROOF, proofs.make(key, user, asked.parameters()));
    String redirectUri = asked.returnTo().redirectUri();
    return new ConsentQuestion(
        asked.client(),
        user,
        asked.scope(),
        endsBy(asked.client()),
        redirectUri,
        AuthorizationPaths.here(request),
        fields,
        formAction(redirectUri));
  }

  /** That of the last access token that may come of it. */
  private Instant endsBy(Client client) {
    Duration refreshed = client.mayUse("refresh_token") ? lifetimes.refreshFamily() : Duration.ZERO;
    return clock
        .instant()
        .plus(ConsentProof.LIFETIME)
        .plus(lifetimes.code())
        .plus(refreshed)
        .plus(lifetimes.accessToken());
  }

  /**
   * Chromium holds the redirect after a form to {@code form-action} too, and every redirect after
   * that one; where the client goes on to is not known here. So https is allowed altogether, and
   * beside it the scheme to which the answer goes.
   */
  private static String formAction(String redirectUri) {
    String scheme = URI.create(redirectUri).getScheme();
    return scheme.equalsIgnoreCase("https") ? "'self' https:" : "'self' https: " + scheme + ":";
  }

  /** What the user has answered; refused when it was not this page that asked. */
  Outcome<Visitor> answer(Form form, String user, HttpServletRequest request) {
    Optional<Secret> key = cookies.find(COOKIE, request);
    if (key.isEmpty()) {
      return Outcome.refused(StandardReason.CONSENT_NOT_OURS);
    }
    Map<String, String> parameters = AuthorizationEndpoint.parameters(form);
    return switch (proofs.check(form.first(PROOF).orElse(""), key.get(), user, parameters)) {
      case FOREIGN -> Outcome.refused(StandardReason.CONSENT_NOT_OURS);
      case EXPIRED -> Outcome.of(Visitor.of(user));
      case GOOD -> Outcome.of(Visitor.of(user).answering(given(form)));
    };
  }

  private static Visitor.Answer given(Form form) {
    return form.first(ConsentQuestion.ANSWER).filter(ConsentQuestion.APPROVE::equals).isPresent()
        ? Visitor.Answer.APPROVED
        : Visitor.Answer.DENIED;
  }

  /** Until the browser is closed. */
  private Secret newKey(HttpServletRequest request, HttpServletResponse response) {
    Secret key = random.next();
    cookies.set(COOKIE, key.reveal(), "", request, response);
    return key;
  }
}
