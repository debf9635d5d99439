package dev.postern.servlet.events;

import dev.postern.core.ErrorCode;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.TokenListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * One line for each refusal, with the cause that the client was not told. Credentials are not known
 * here, and what came from outside is escaped and cut. Thread-safe.
 */
public final class RefusalLog {
  private static final int MAX_LENGTH = 200;

  private final Logger log;

  public RefusalLog(Logger log) {
    this.log = log;
  }

  void write(TokenListener.RefusedEvent event) {
    Refusal refusal = event.refusal();
    Reason reason = refusal.reason();
    StringBuilder line = new StringBuilder(256);
    line.append("refused number=").append(reason.label());
    line.append(" cause=").append(reason.name());
    line.append(" told=").append(reason.face().label());
    line.append(" error=").append(reason.code().wire());
    line.append(" check=").append(reason.check().name().toLowerCase(Locale.ROOT));
    append(line, "endpoint", event.endpoint());
    append(line, "parameter", refusal.subject());
    append(line, "client", event.clientId());
    append(line, "source", event.source());
    line.append(" trace_id=").append(event.traceId());
    line.append(" correlation_id=").append(event.correlationId());
    append(line, "detail", refusal.detail());
    append(line, "text", reason.text());
    log.log(level(reason.code()), line.toString());
  }

  private static Level level(ErrorCode code) {
    if (code == ErrorCode.SERVER_ERROR) {
      return Level.ERROR;
    }
    return code == ErrorCode.TEMPORARILY_UNAVAILABLE ? Level.WARNING : Level.INFO;
  }

  private static void append(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      line.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
    }
  }

  /** The same event, to be shown elsewhere. */
  public static TokenListener.RefusedEvent escaped(TokenListener.RefusedEvent event) {
    return new TokenListener.RefusedEvent(
        event.at(),
        event.traceId(),
        event.correlationId(),
        event.refusal().withDetail(escaped(event.refusal().detail())),
        escaped(event.clientId()),
        escaped(event.source()),
        escaped(event.endpoint()));
  }

  /** Text that somebody looks for, as it stands in a line: what is escaped already stays so. */
  public static String sought(String text) {
    return text.replaceAll("\\\\u[0-9a-f]{4}", "").indexOf('\\') < 0 && text.indexOf('\\') >= 0
        ? text
        : escaped(text);
  }

  /**
   * Printable ASCII that neither ends the line or the quotes nor means anything to a log viewer.
   */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
      char c = text.charAt(i);
      boolean isPlain = c >= ' ' && c <= '~' && "\"\\${}<>".indexOf(c) < 0;
      if (isPlain) {
        escaped.append(c);
      } else {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return text.length() > MAX_LENGTH ? escaped + "..." : escaped.toString();
  }
}
