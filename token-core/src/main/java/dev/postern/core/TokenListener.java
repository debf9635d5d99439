package dev.postern.core;

import java.time.Instant;

/**
 * Extension point: is told what was issued and what was refused, after the answer is settled.
 * Thread-safe; called on the request's thread, so it is to be quick. What it throws is logged and
 * changes nothing.
 */
public interface TokenListener {

  /** Tokens were issued or given again. */
  void issued(IssuedEvent event);

  /** A request was refused. */
  void refused(RefusedEvent event);

  /**
   * Tokens were issued. Holds none of them.
   *
   * @param at when
   * @param traceId ours, as in the log line
   * @param correlationId the caller's, or one of ours
   * @param clientId to whom
   * @param subject for whom
   * @param grantType by which grant
   * @param scope of the access token
   * @param source the client's network address
   * @param isRepeated whether it was the answer of a moment ago once more
   */
  record IssuedEvent(
      Instant at,
      String traceId,
      String correlationId,
      String clientId,
      String subject,
      String grantType,
      Scope scope,
      String source,
      boolean isRepeated) {}

  /**
   * A request was refused.
   *
   * @param at when
   * @param traceId ours, as in the answer and the log line
   * @param correlationId the caller's, or one of ours
   * @param refusal why, with the private cause; its check tells which checks were passed
   * @param clientId whom the request claimed to come from, as sent: escape it before it is shown
   * @param source the client's network address
   */
  record RefusedEvent(
      Instant at,
      String traceId,
      String correlationId,
      Refusal refusal,
      String clientId,
      String source) {}
}
