package dev.postern.servlet.events;

import dev.postern.core.CodeGrant;
import dev.postern.core.Refusal;
import dev.postern.core.Revocation;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener;
import dev.postern.core.TokenListener.CodeIssuedEvent;
import dev.postern.core.TokenListener.LockedOutEvent;
import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.TokenListener.ReplayedEvent;
import dev.postern.core.TokenListener.RevokedEvent;
import dev.postern.core.TokenListener.SecretNearExpiryEvent;
import dev.postern.core.TokenResult;
import dev.postern.servlet.figures.Figures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts what became of requests, and tells the listeners. What a listener throws harms no answer.
 * Thread-safe.
 */
public final class Events {
  private final List<TokenListener> listeners;
  private final RefusalLog refusals;
  private final Consumer<RefusedEvent> traces;
  private final Figures figures;
  private final SecretWatch secrets;
  private final Logger log;

  public Events(
      List<TokenListener> listeners,
      RefusalLog refusals,
      Consumer<RefusedEvent> traces,
      Figures figures,
      SecretWatch secrets,
      Logger log) {
    this.listeners = List.copyOf(listeners);
    this.refusals = refusals;
    this.traces = traces;
    this.figures = figures;
    this.secrets = secrets;
    this.log = log;
  }

  /** Tokens were issued: what is to be noted of it although nobody listens. */
  public void count(TokenResult.Issued issued) {
    figures.issued(issued.isRepeated());
    secrets.look(issued.client()).ifPresent(this::secretNearExpiry);
  }

  private void secretNearExpiry(SecretNearExpiryEvent event) {
    log.log(
        Level.WARNING,
        "client \""
            + RefusalLog.escaped(event.clientId())
            + "\" still uses its secret \""
            + RefusalLog.escaped(event.secretName())
            + "\", which expires at "
            + event.expiresAt());
    tell(listener -> listener.secretNearExpiry(event));
  }

  /** A form that a client posted was answered. */
  public void took(long nanos) {
    figures.took(nanos);
  }

  /** A user was sent back to a client with a code for this. */
  public void codeIssued(CodeGrant grant, Instant at, Trace trace, String source) {
    figures.codeIssued();
    CodeIssuedEvent event =
        new CodeIssuedEvent(
            at,
            trace.traceId(),
            trace.correlationId(),
            grant.clientId(),
            grant.subject(),
            grant.scope(),
            source);
    tell(listener -> listener.codeIssued(event));
  }

  /** Listeners are told of an issue. */
  public void issued(TokenResult.Issued issued, Instant at, Trace trace, String source) {
    TokenListener.IssuedEvent event =
        new TokenListener.IssuedEvent(
            at,
            trace.traceId(),
            trace.correlationId(),
            issued.client().id(),
            issued.subject(),
            issued.grantType(),
            issued.tokens().scope(),
            source,
            issued.isRepeated());
    tell(listener -> listener.issued(event));
  }

  /** All are told of a refusal: figures, log, pages, listeners. */
  public void refused(
      TokenResult.Refused result, Instant at, Trace trace, String source, String endpoint) {
    Refusal refusal = result.refusal();
    RefusedEvent event =
        new RefusedEvent(
            at,
            trace.traceId(),
            trace.correlationId(),
            refusal,
            result.clientId(),
            source,
            endpoint);
    figures.refused(refusal.reason(), RefusalLog.escaped(refusal.detail()), at);
    refusals.write(event);
    traces.accept(event);
    tell(listener -> listener.refused(event));
    if (refusal.reason() == StandardReason.TOO_MANY_FAILURES) {
      lockedOut(event);
    }
    result.revoked().ifPresent(revoked -> replayed(event, revoked));
  }

  private void lockedOut(RefusedEvent refused) {
    boolean isNews =
        figures.lockedOut(
            RefusalLog.escaped(refused.clientId()),
            RefusalLog.escaped(refused.source()),
            refused.at());
    if (isNews) {
      LockedOutEvent event =
          new LockedOutEvent(refused.at(), refused.traceId(), refused.clientId(), refused.source());
      tell(listener -> listener.lockedOut(event));
    }
  }

  /** A client gave a token back. */
  public void revoked(String clientId, Instant at, Trace trace, String source) {
    figures.revoked();
    RevokedEvent event =
        new RevokedEvent(
            at,
            trace.traceId(),
            trace.correlationId(),
            clientId,
            source,
            RevokedEvent.Cause.CLIENT_REQUEST);
    tell(listener -> listener.revoked(event));
  }

  /** Of what is refused, only a replay takes anything back. */
  private void replayed(RefusedEvent refused, Revocation revoked) {
    figures.replayed();
    figures.revoked();
    RevokedEvent event =
        new RevokedEvent(
            refused.at(),
            refused.traceId(),
            refused.correlationId(),
            refused.clientId(),
            refused.source(),
            revoked instanceof Revocation.OfCode
                ? RevokedEvent.Cause.CODE_REPLAYED
                : RevokedEvent.Cause.REFRESH_TOKEN_REPLAYED);
    tell(listener -> listener.replayed(new ReplayedEvent(refused)));
    tell(listener -> listener.revoked(event));
  }

  /** Whether anybody wants to know of issued tokens: an event of them is not made for nothing. */
  public boolean wantIssued() {
    return !listeners.isEmpty();
  }

  private void tell(Consumer<TokenListener> event) {
    for (TokenListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (Exception | LinkageError | AssertionError e) {
        log.log(Level.ERROR, "listener " + listener.getClass().getName() + " failed", e);
      }
    }
  }
}
