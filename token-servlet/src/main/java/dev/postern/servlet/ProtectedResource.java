package dev.postern.servlet;

import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.TokenHash;
import dev.postern.core.UnavailableException;
import dev.postern.servlet.request.BearerToken;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link BearerFilter} stands in front of: decides who may pass (RFC 6750 s3.1). Thread-
 * safe.
 */
final class ProtectedResource {
  private final BearerSettings settings;
  private final ServletContext context;
  private final TokenCache cache;
  private final String admission;
  private volatile @Nullable ResourceFront front;

  ProtectedResource(BearerSettings settings, ServletContext context) {
    this.settings = settings;
    this.context = context;
    this.cache = new TokenCache(settings.cacheLifetime(), System::nanoTime);
    this.admission = BearerFilter.class.getName() + "." + settings.filterName();
  }

  /**
   * The request as those behind the filter see it; empty when it was refused, which is answered.
   */
  Optional<HttpServletRequest> admit(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // What passed goes on when it is dispatched anew, though its token may have expired since.
    if (request.getAttribute(admission) instanceof TokenPrincipal before) {
      return Optional.of(wrapped(request, response, before));
    }
    ResourceFront deployed = front();
    if (deployed.answersPreflight(request, response)) {
      return Optional.empty();
    }
    Outcome<TokenPrincipal> bearer;
    try {
      bearer = bearer(deployed, request);
    } catch (UnavailableException e) {
      bearer = Outcome.refused(e.refusal());
    } catch (RuntimeException | LinkageError bug) {
      deployed.fail(bug, settings, request, response);
      return Optional.empty();
    }
    if (!(bearer instanceof Outcome.Passed<TokenPrincipal> passed)) {
      deployed.refuse(bearer.refusal(), "", settings, request, response);
      return Optional.empty();
    }
    TokenPrincipal principal = passed.value();
    if (!principal.scope().containsAll(settings.scope())) {
      Refusal refusal =
          Refusal.of(StandardReason.SCOPE_INSUFFICIENT)
              .withDetail("needs " + settings.scope() + ", has " + principal.scope());
      deployed.refuse(refusal, principal.clientId(), settings, request, response);
      return Optional.empty();
    }
    deployed.allowOrigin(request, response);
    request.setAttribute(admission, principal);
    return Optional.of(wrapped(request, response, principal));
  }

  private HttpServletRequest wrapped(
      HttpServletRequest request, HttpServletResponse response, TokenPrincipal principal) {
    return new BearerRequest(request, response, principal, settings.rolePrefix());
  }

  private Outcome<TokenPrincipal> bearer(ResourceFront deployed, HttpServletRequest request) {
    return deployed
        .checkTransport(request)
        .then(BearerToken::of)
        .then(
            token -> {
              Optional<TokenPrincipal> found = find(deployed, token);
              found.ifPresent(principal -> tell(token, principal, request));
              return found
                  .map(Outcome::of)
                  .orElseGet(
                      () ->
                          Outcome.refused(
                              Refusal.of(StandardReason.ACCESS_TOKEN_REFUSED)
                                  .withDetail(BearerToken.form(token))));
            });
  }

  private Optional<TokenPrincipal> find(ResourceFront deployed, Secret token) {
    return cache.find(
        TokenHash.of(token),
        () -> deployed.server().find(token.reveal()).map(found -> found(deployed, found)));
  }

  private static TokenCache.Found found(ResourceFront deployed, StoredAccessToken token) {
    TokenPrincipal principal =
        new TokenPrincipal(
            token.subject(),
            token.clientId(),
            token.scope(),
            deployed.clock().instant().plus(token.expiresIn()));
    return new TokenCache.Found(principal, token.expiresIn());
  }

  private static void tell(Secret token, TokenPrincipal principal, HttpServletRequest request) {
    request.setAttribute(BearerFilter.ACCESS_TOKEN, token.reveal());
    request.setAttribute(BearerFilter.SUBJECT, principal.getName());
    request.setAttribute(BearerFilter.CLIENT_ID, principal.clientId());
    request.setAttribute(BearerFilter.SCOPE, principal.scope().toString());
    request.setAttribute(BearerFilter.EXPIRES_AT, principal.expiresAt());
  }

  /** The token filter may start after this one: it is looked for with the first request. */
  private ResourceFront front() {
    ResourceFront found = front;
    if (found == null) {
      found =
          settings
              .tokenFilter()
              .map(name -> Published.in(context, ResourceFront.class, name))
              .orElseGet(() -> Published.in(context, ResourceFront.class));
      front = found;
    }
    return found;
  }
}
