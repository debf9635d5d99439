package dev.postern.core;

import java.time.Instant;

/**
 * Extension point: is told what became of requests, after the answer is settled; override what is
 * of interest. Thread-safe; called on the request's thread, so it is to be quick. What it throws is
 * logged and changes nothing. No event holds a credential.
 *
 * <p>What one request comes to may be several events: a replay is told as {@link #refused}, {@link
 * #replayed} and {@link #revoked}, in this order.
 */
public interface TokenListener {

  /** The authorization endpoint sent a user back to a client with a code. */
  default void codeIssued(CodeIssuedEvent event) {}

  /** Tokens were issued or given again. */
  default void issued(IssuedEvent event) {}

  /** A request was refused. */
  default void refused(RefusedEvent event) {}

  /** What had been spent came again, from the client that it was issued to (RFC 9700 s4.14.2). */
  default void replayed(ReplayedEvent event) {}

  /** Tokens that had been issued were taken back before their time. */
  default void revoked(RevokedEvent event) {}

  /**
   * Somebody failed so often that guesses have to wait (RFC 6749 s2.3.1): told once, and again only
   * after a minute without such a failure.
   */
  default void lockedOut(LockedOutEvent event) {}

  /** A secret that expires within 14 days was used: told once a day by each node. */
  default void secretNearExpiry(SecretNearExpiryEvent event) {}

  /**
   * An authorization code was issued. Does not hold it. A code that the application has made itself
   * is its own to tell of.
   *
   * @param at when
   * @param traceId ours; no answer shows it
   * @param correlationId the caller's, or one of ours
   * @param clientId to whom
   * @param subject for whom, who was logged in and has consented
   * @param scope what was consented to
   * @param source the network address of the user's browser
   */
  record CodeIssuedEvent(
      Instant at,
      String traceId,
      String correlationId,
      String clientId,
      String subject,
      Scope scope,
      String source) {}

  /**
   * Tokens were issued. Holds none of them.
   *
   * @param at when
   * @param traceId ours, as in the audit line
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
   * @param endpoint the path of the endpoint, with that of its application, such as {@code
   *     /shop/oauth/token}; where there is no endpoint, the application's alone, such as {@code
   *     /shop/}; of a guarded endpoint what was sent, decoded: escape it before it is shown
   */
  record RefusedEvent(
      Instant at,
      String traceId,
      String correlationId,
      Refusal refusal,
      String clientId,
      String source,
      String endpoint) {}

  /**
   * A code or a refresh token was used again.
   *
   * @param refused the refusal that it met with; its client has authenticated
   */
  record ReplayedEvent(RefusedEvent refused) {}

  /**
   * Tokens were taken back.
   *
   * @param at when
   * @param traceId ours, as in the audit line
   * @param correlationId the caller's, or one of ours
   * @param clientId whose they were
   * @param source the network address of the request that led to it
   * @param cause what led to it
   */
  record RevokedEvent(
      Instant at,
      String traceId,
      String correlationId,
      String clientId,
      String source,
      Cause cause) {

    /** What led to tokens being taken back. */
    public enum Cause {
      /** A code was used again: all that came of it ended. */
      CODE_REPLAYED,
      /** A refresh token was used again: its whole family ended. */
      REFRESH_TOKEN_REPLAYED,
      /** The client gave them back (RFC 7009). */
      CLIENT_REQUEST
    }
  }

  /**
   * Too many authentications failed within a minute.
   *
   * @param at when
   * @param traceId of the refusal that was one too many
   * @param clientId whom the requests claimed to come from, as sent: escape it before it is shown
   * @param source the network address they came from
   */
  record LockedOutEvent(Instant at, String traceId, String clientId, String source) {}

  /**
   * A secret will soon be of no use.
   *
   * @param at when it was used
   * @param clientId whose it is
   * @param secretName what the operator calls it; may be empty
   * @param expiresAt when it ends
   */
  record SecretNearExpiryEvent(Instant at, String clientId, String secretName, Instant expiresAt) {}
}
