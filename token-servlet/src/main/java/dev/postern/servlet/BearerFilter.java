package dev.postern.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets those requests to the application's own resources pass that bring an access token of the
 * application's {@link TokenFilter} (RFC 6750): in the {@code Authorization} header, never in the
 * query or the form. Behind it the token's subject is the user, and its scopes are roles. Error
 * pages and includes pass as they are. Thread-safe.
 */
public final class BearerFilter implements Filter {
  /** Request attribute: the access token, as text. */
  public static final String ACCESS_TOKEN = "dev.postern.access_token";

  /** Request attribute: for whom the token was issued, as text. */
  public static final String SUBJECT = "dev.postern.subject";

  /** Request attribute: the client that the token was issued to, as text. */
  public static final String CLIENT_ID = "dev.postern.client_id";

  /** Request attribute: what the token allows, as text with one space between the scopes. */
  public static final String SCOPE = "dev.postern.scope";

  /** Request attribute: when the token expires, a {@link java.time.Instant}. */
  public static final String EXPIRES_AT = "dev.postern.expires_at";

  private @Nullable ProtectedResource resource;

  public BearerFilter() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    resource = new ProtectedResource(BearerSettings.of(config), config.getServletContext());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ProtectedResource deployed = resource;
    if (deployed == null) {
      throw new IllegalStateException("the filter was not initialised");
    }
    if (!(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("a protected resource is asked for over HTTP");
    }
    DispatcherType dispatched = request.getDispatcherType();
    if (dispatched == DispatcherType.ERROR || dispatched == DispatcherType.INCLUDE) {
      chain.doFilter(request, response);
      return;
    }
    Optional<HttpServletRequest> admitted = deployed.admit(httpRequest, httpResponse);
    if (admitted.isPresent()) {
      chain.doFilter(admitted.get(), response);
    }
  }

  @Override
  public void destroy() {
    resource = null;
  }
}
