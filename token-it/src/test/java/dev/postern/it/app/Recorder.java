package dev.postern.it.app;

import dev.postern.core.TokenListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told, and fails on one client. */
public final class Recorder implements TokenListener {
  private final List<String> events = new CopyOnWriteArrayList<>();

  /** Made by {@link ExtensionsListener}. */
  public Recorder() {}

  @Override
  public void issued(IssuedEvent event) {
    events.add(
        String.join(
            "|",
            "issued",
            event.traceId(),
            event.correlationId(),
            event.clientId(),
            event.subject(),
            event.grantType(),
            event.scope().toString(),
            event.source(),
            Boolean.toString(event.isRepeated())));
    if (event.clientId().equals("poster")) {
      throw new IllegalStateException("the listener is broken");
    }
  }

  @Override
  public void codeIssued(CodeIssuedEvent event) {
    events.add(
        String.join(
            "|",
            "code",
            event.traceId(),
            event.correlationId(),
            event.clientId(),
            event.subject(),
            event.scope().toString(),
            event.source()));
  }

  @Override
  public void refused(RefusedEvent event) {
    events.add(
        String.join(
            "|",
            "refused",
            event.traceId(),
            event.correlationId(),
            event.clientId(),
            event.refusal().reason().name(),
            event.refusal().subject(),
            event.source()));
    if (event.clientId().equals("poster")) {
      throw new IllegalStateException("the listener is broken");
    }
  }

  /** One line each. */
  public String events() {
    return String.join("\n", events);
  }
}
