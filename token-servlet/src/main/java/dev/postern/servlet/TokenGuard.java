package dev.postern.servlet;

import dev.postern.core.AuthenticatedClient;
import dev.postern.core.Outcome;
import dev.postern.core.TokenRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a token endpoint that the application already has: refuses what is wrong with
 * a request or its client, and passes the rest on. Every request that reaches it is a token
 * request. Thread-safe.
 */
public final class TokenGuard implements Filter {
  private @Nullable GuardDeployment deployment;

  public TokenGuard() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    deployment = GuardDeployment.of(config);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    GuardDeployment deployed = deployment;
    if (deployed == null) {
      throw new IllegalStateException("the filter was not initialised");
    }
    if (!(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("a token request is an HTTP request");
    }
    guard(deployed, httpRequest, httpResponse, chain);
  }

  private static void guard(
      GuardDeployment deployed,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    HttpFront front = deployed.front();
    if (front.answersPreflight(Cors.POST, request, response)) {
      return;
    }
    Outcome<TokenRequest> read;
    Outcome<AuthenticatedClient> checked;
    try {
      read = front.read(deployed.parser(), request);
      checked = read.then(deployed.guard()::check);
    } catch (RuntimeException | LinkageError bug) {
      front.fail(bug, request, response);
      return;
    }
    if (read instanceof Outcome.Passed<TokenRequest> passed
        && checked instanceof Outcome.Passed<AuthenticatedClient> client) {
      front.allowOrigin(request, response);
      GuardedResponse guarded = new GuardedResponse(response);
      chain.doFilter(
          new GuardedRequest(request, passed.value().form(), client.value(), guarded), guarded);
    } else {
      String claimed = read.fold(parsed -> parsed.claimedClient().orElse(""), none -> "");
      front.refuse(checked.refusal(), claimed, request, response);
    }
  }

  @Override
  public void destroy() {
    if (deployment != null) {
      deployment.close();
      deployment = null;
    }
  }
}
