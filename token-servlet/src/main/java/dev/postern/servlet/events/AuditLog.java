package dev.postern.servlet.events;

import dev.postern.core.Reason;
import dev.postern.core.TokenListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * One line of JSON for each event (RFC 8259), in printable ASCII: what came from outside can
 * neither end the line nor its string, and is cut. Holds no credential. Thread-safe.
 */
public final class AuditLog implements TokenListener {
  private final Logger log;

  public AuditLog(Logger log) {
    this.log = log;
  }

  @Override
  public void codeIssued(CodeIssuedEvent event) {
    new Line("code_issued", event.at())
        .ids(event.traceId(), event.correlationId())
        .add("client", event.clientId())
        .add("subject", event.subject())
        .add("scope", event.scope().toString())
        .add("source", event.source())
        .write();
  }

  @Override
  public void issued(IssuedEvent event) {
    new Line(event.isRepeated() ? "repeated" : "issued", event.at())
        .ids(event.traceId(), event.correlationId())
        .add("client", event.clientId())
        .add("subject", event.subject())
        .add("grant_type", event.grantType())
        .add("scope", event.scope().toString())
        .add("source", event.source())
        .write();
  }

  @Override
  public void refused(RefusedEvent event) {
    refused("refused", event).write();
  }

  @Override
  public void replayed(ReplayedEvent event) {
    refused("replayed", event.refused()).write();
  }

  private Line refused(String name, RefusedEvent event) {
    Reason reason = event.refusal().reason();
    return new Line(name, event.at())
        .ids(event.traceId(), event.correlationId())
        .add("client", event.clientId())
        .add("source", event.source())
        .add("endpoint", event.endpoint())
        .add("number", reason.label())
        .add("cause", reason.name())
        .add("told", reason.face().label())
        .add("error", reason.code().wire())
        .add("parameter", event.refusal().subject())
        .add("detail", event.refusal().detail());
  }

  @Override
  public void revoked(RevokedEvent event) {
    new Line("revoked", event.at())
        .ids(event.traceId(), event.correlationId())
        .add("client", event.clientId())
        .add("source", event.source())
        .add("cause", event.cause().name())
        .write();
  }

  @Override
  public void lockedOut(LockedOutEvent event) {
    new Line("locked_out", event.at())
        .add("trace_id", event.traceId())
        .add("client", event.clientId())
        .add("source", event.source())
        .write();
  }

  @Override
  public void secretNearExpiry(SecretNearExpiryEvent event) {
    new Line("secret_near_expiry", event.at())
        .add("client", event.clientId())
        .add("secret", event.secretName())
        .add("expires_at", event.expiresAt().toString())
        .write();
  }

  /** An object with text members only; those that are empty are left out. */
  private final class Line {
    private final StringBuilder json = new StringBuilder(256);

    Line(String event, Instant at) {
      json.append("{\"event\":\"").append(event).append('"');
      add("at", at.toString());
    }

    Line ids(String traceId, String correlationId) {
      return add("trace_id", traceId).add("correlation_id", correlationId);
    }

    /** The escapes of a log line are those of JSON, too. */
    Line add(String name, String value) {
      if (!value.isEmpty()) {
        json.append(",\"").append(name).append("\":\"");
        json.append(RefusalLog.escaped(value)).append('"');
      }
      return this;
    }

    void write() {
      log.log(Level.INFO, json.append('}').toString());
    }
  }
}
