package dev.postern.servlet;

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
 * The token endpoint of a web application (RFC 6749 s3.2) and its neighbours: put it into {@code
 * web.xml}, map it to {@code /oauth/*}, and {@code POST /oauth/token} is answered, {@code
 * /oauth/authorize} (s3.1), {@code /oauth/introspect} (RFC 7662), {@code /oauth/revoke} (RFC 7009),
 * the metadata (RFC 8414), with pages that explain refusals at {@code /oauth/errors/}. All else
 * goes down the chain. Thread-safe.
 */
public final class TokenFilter implements Filter {
  private @Nullable EndpointDeployment deployment;

  public TokenFilter() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    deployment = EndpointDeployment.of(config);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    EndpointDeployment deployed = deployed();
    if (request instanceof HttpServletRequest httpRequest
        && response instanceof HttpServletResponse httpResponse) {
      switch (deployed.paths().destination(httpRequest)) {
        case TOKEN -> deployed.token().answer(httpRequest, httpResponse);
        case INTROSPECT -> deployed.introspection().get().answer(httpRequest, httpResponse);
        case REVOKE -> deployed.revocation().get().answer(httpRequest, httpResponse);
        case AUTHORIZE -> deployed.authorization().get().answer(httpRequest, httpResponse);
        case METADATA -> deployed.metadata().get().answer(httpRequest, httpResponse);
        case ERRORS ->
            deployed
                .errorPages()
                .answer(deployed.paths().errorPage(httpRequest), httpRequest, httpResponse);
        case TRACES ->
            deployed
                .tracePages()
                .get()
                .answer(
                    deployed.paths().errorPage(httpRequest),
                    deployed.front(),
                    httpRequest,
                    httpResponse);
        case NOWHERE -> deployed.front().refusePath(httpRequest, httpResponse);
        case ELSEWHERE -> chain.doFilter(request, response);
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  private EndpointDeployment deployed() {
    EndpointDeployment deployed = deployment;
    if (deployed == null) {
      throw new IllegalStateException("the filter was not initialised");
    }
    return deployed;
  }

  @Override
  public void destroy() {
    if (deployment != null) {
      deployment.close();
      deployment = null;
    }
  }
}
