package dev.postern.core.jdbc;

import dev.postern.core.Check;
import dev.postern.core.ErrorCode;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener.RefusedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A refusal as a row of {@code postern_trace}. What is too long for its column is cut. */
final class TraceRow {
  private static final int ID = 36;
  private static final int NAME = 100;
  static final int WIDE = 255;
  private static final int TEXT = 1_000;

  private TraceRow() {}

  /** The values of {@link TraceSql#SAVE}. */
  static @Nullable Object[] of(RefusedEvent event, Duration retention) {
    Refusal refusal = event.refusal();
    Reason reason = refusal.reason();
    long at = event.at().toEpochMilli();
    return new @Nullable Object[] {
      cut(event.traceId(), ID),
      cut(event.correlationId(), WIDE),
      at,
      at + retention.toMillis(),
      cut(event.clientId(), WIDE),
      cut(event.source(), WIDE),
      reason.number(),
      cut(reason.name(), NAME),
      reason.code().name(),
      reason.check().name(),
      cut(reason.text(), TEXT),
      reason.face().number(),
      cut(reason.face().text(), TEXT),
      cut(refusal.subject(), WIDE),
      cut(refusal.detail(), TEXT),
      cut(event.endpoint(), WIDE)
    };
  }

  /** Whatever is looked for has been cut, too. */
  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  /** Empty when another version of Postern has written what this one does not know. */
  static Optional<RefusedEvent> read(ResultSet row) throws SQLException {
    Optional<Reason> reason = reason(row);
    if (reason.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RefusedEvent(
            Instant.ofEpochMilli(row.getLong("refused_at")),
            row.getString("trace_id"),
            row.getString("correlation_id"),
            new Refusal(reason.get(), row.getString("about"), row.getString("detail")),
            row.getString("client_id"),
            row.getString("source_address"),
            row.getString("endpoint")));
  }

  private static Optional<Reason> reason(ResultSet row) throws SQLException {
    int number = row.getInt("reason_number");
    String name = row.getString("reason_name");
    Optional<Reason> known = known(number).filter(found -> found.name().equals(name));
    Optional<ErrorCode> code = named(ErrorCode.values(), row.getString("error"));
    Optional<Check> check = named(Check.values(), row.getString("failed_check"));
    if (known.isPresent() || code.isEmpty() || check.isEmpty()) {
      return known;
    }
    int told = row.getInt("told_number");
    Reason own =
        new OtherReason(
            number, name, code.get(), check.get(), row.getString("reason_text"), Optional.empty());
    if (told == number) {
      return Optional.of(own);
    }
    String toldText = row.getString("told_text");
    Reason face =
        known(told)
            .orElseGet(
                () ->
                    new OtherReason(
                        told, "TOK" + told, code.get(), check.get(), toldText, Optional.empty()));
    return Optional.of(
        new OtherReason(number, name, code.get(), check.get(), own.text(), Optional.of(face)));
  }

  private static Optional<Reason> known(int number) {
    return Arrays.stream(StandardReason.values())
        .filter(reason -> reason.number() == number)
        .<Reason>map(reason -> reason)
        .findFirst();
  }

  private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
    return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
  }

  /** A reason of the application's own, as far as it is kept. */
  private record OtherReason(
      int number, String name, ErrorCode code, Check check, String text, Optional<Reason> told)
      implements Reason {
    @Override
    public String section() {
      return "";
    }

    @Override
    public Reason face() {
      return told.isPresent() ? told.get() : this;
    }
  }
}
