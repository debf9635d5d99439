package dev.postern.servlet;

import dev.postern.core.Refusal;
import dev.postern.core.TokenListener;
import dev.postern.core.TokenResult;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells the listeners what became of requests. What a listener throws harms no answer. Thread-safe.
 */
final class Events {
  private final List<TokenListener> listeners;
  private final RefusalLog refusals;
  private final Consumer<TokenListener.RefusedEvent> traces;
  private final Logger log;

  Events(
      List<TokenListener> listeners,
      RefusalLog refusals,
      Consumer<TokenListener.RefusedEvent> traces,
      Logger log) {
    this.listeners = List.copyOf(listeners);
    this.refusals = refusals;
    this.traces = traces;
    this.log = log;
  }

  void issued(TokenResult.Issued issued, Instant at, Trace trace, String source) {
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

  void refused(Refusal refusal, String clientId, Instant at, Trace trace, String source) {
    TokenListener.RefusedEvent event =
        new TokenListener.RefusedEvent(
            at, trace.traceId(), trace.correlationId(), refusal, clientId, source);
    refusals.write(event);
    traces.accept(event);
    tell(listener -> listener.refused(event));
  }

  /** Whether anybody wants to know of issued tokens: an event of them is not made for nothing. */
  boolean wantIssued() {
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
