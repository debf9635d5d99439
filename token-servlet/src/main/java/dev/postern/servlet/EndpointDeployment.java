package dev.postern.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;

/** A {@link TokenFilter} that has started. */
record EndpointDeployment(
    HttpFront front,
    FormEndpoint token,
    FormEndpoint introspection,
    FormEndpoint revocation,
    MetadataAnswers metadata,
    AuthorizationFront authorization,
    ErrorPages errorPages,
    TracePages tracePages,
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
