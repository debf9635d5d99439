package dev.postern.core.jdbc;

/** The statements about refusals of late, the table {@code postern_trace}. */
final class TraceSql {
  static final String SAVE =
      """
      INSERT INTO postern_trace (trace_id, correlation_id, refused_at, forget_at, client_id,
        source_address, reason_number, reason_name, error, failed_check, reason_text, told_number,
        told_text, about, detail, endpoint)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
  static final String FIND = "SELECT * FROM postern_trace WHERE trace_id = ? AND refused_at >= ?";

  /** When the newest was refused of those that are too many. */
  static final String NEWEST_TOO_MANY =
      "SELECT refused_at FROM postern_trace ORDER BY refused_at DESC LIMIT 1 OFFSET ?";

  static final String OLDEST = Sql.dead("trace_id", "postern_trace", "refused_at");
  static final String FORGET = "DELETE FROM postern_trace WHERE trace_id = ?";

  /** With the time from which on they count. */
  static final Glance ALL = glance("refused_at >= ?");

  /** With that time, the text thrice and the number that are looked for. */
  static final Glance SOME =
      glance(
          "refused_at >= ?"
              + " AND (trace_id = ? OR correlation_id = ? OR client_id = ? OR reason_number = ?)");

  private TraceSql() {}

  /**
   * What the operator's list asks.
   *
   * @param newest with how many at most
   * @param numbers each number and how many, the most first; with how many at most
   * @param clients likewise
   * @param days each day, by its first millisecond, and how many
   */
  record Glance(String newest, String numbers, String clients, String days) {}

  private static Glance glance(String where) {
    return new Glance(
        "SELECT * FROM postern_trace WHERE " + where + " ORDER BY refused_at DESC LIMIT ?",
        counted("reason_number", where),
        counted("client_id", where + " AND client_id <> ''"),
        "SELECT d.first_at, COUNT(*) FROM (SELECT refused_at - MOD(refused_at, 86400000) AS first_at"
            + " FROM postern_trace WHERE "
            + where
            + ") AS d GROUP BY d.first_at");
  }

  private static String counted(String column, String where) {
    return "SELECT %1$s, COUNT(*) AS n FROM postern_trace WHERE %2$s".formatted(column, where)
        + " GROUP BY %1$s ORDER BY n DESC, %1$s LIMIT ?".formatted(column);
  }
}
