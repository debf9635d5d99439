package dev.postern.core;

import dev.postern.core.TokenListener.RefusedEvent;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operator looks for among the refusals. Immutable.
 *
 * @param text a trace id, a correlation id or a client; empty for all
 * @param number of a reason, where the text is one, as {@code 2102} or {@code TOK2102}
 */
public record RefusalSearch(String text, OptionalInt number) {
  private static final Pattern NUMBER = Pattern.compile("(?i)(?:TOK)?([0-9]{1,9})");

  /** What somebody has typed. */
  public static RefusalSearch of(String asked) {
    String text = asked.strip();
    Matcher number = NUMBER.matcher(text);
    return new RefusalSearch(
        text,
        number.matches() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty());
  }

  /** Whether all are looked for. */
  public boolean isForAll() {
    return text.isEmpty();
  }

  /** Whether this is one of those that are looked for. */
  public boolean isFor(RefusedEvent event) {
    return isForAll()
        || text.equals(event.traceId())
        || text.equals(event.correlationId())
        || text.equals(event.clientId())
        || number.equals(OptionalInt.of(event.refusal().reason().number()));
  }
}
