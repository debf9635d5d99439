package dev.postern.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;

/** A {@link TokenFilter} that has started. */
record EndpointDeployment(
    HttpFront front,
    FormEndpoint token,
    Lazy<FormEndpoint> introspection,
    Lazy<FormEndpoint> revocation,
    MetadataAnswers metadata,
    Lazy<AuthorizationFront> authorization,
    ErrorPages errorPages,
    Lazy<TracePages> tracePages,
    EndpointPaths paths,
    Runnable onClose) {

  /** Starts, or throws with one message that lists everything that is wrong. */
  static EndpointDeployment of(FilterConfig filter) throws ServletException {
    return new EndpointAssembly(new Assembly(filter)).deploy();
  }

  void close() {
    onClose.run();
  }
}
