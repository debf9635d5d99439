package dev.postern.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;

/** A {@link TokenFilter} that has started. */
record EndpointDeployment(
    HttpFront front,
    FormEndpoint token,
    Lazy<FormEndpoint> introspection,
    Lazy<FormEndpoint> revocation,
    Lazy<MetadataAnswers> metadata,
    Lazy<AuthorizationFront> authorization,
    ErrorPages errorPages,
    Lazy<TracePages> tracePages,
    EndpointPaths paths,
    Runnable onClose) {

  /** Starts, or throws with one message that lists everything that is wrong. */
  static EndpointDeployment of(FilterConfig filter) throws ServletException {
    Assembly assembly = new Assembly(filter);
    EndpointDeployment started = null;
    try {
      started = new EndpointAssembly(assembly).deploy();
      return started;
    } finally {
      if (started == null) {
        assembly.close();
      }
    }
  }

  void close() {
    onClose.run();
  }
}
