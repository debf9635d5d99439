package dev.postern.core.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** What went wrong with the database, as far as it matters to trying again. */
enum Fault {
  /** Another transaction was in the way: trying again is what the database asks for. */
  CONFLICT,

  /**
   * The connection is gone, and with it what was not committed; a statement that commits itself may
   * have been done.
   */
  CONNECTION_LOST,

  /** Anything else, deadlines included. */
  OTHER;

  static Fault of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    // 40003 is "statement completion unknown".
    boolean isInTheWay = state.startsWith("40") && !state.equals("40003");
    // Another one was quicker to insert the same: 23505, on MariaDB 23000.
    if (isInTheWay || state.equals("23505") || state.equals("23000")) {
      return CONFLICT;
    }
    // 57P01 to 57P03: PostgreSQL is shut down, has crashed, or is not up yet.
    boolean isLost =
        state.startsWith("08")
            || state.startsWith("57P0")
            || e instanceof SQLRecoverableException
            || e instanceof SQLTransientConnectionException
            || e instanceof SQLNonTransientConnectionException;
    return isLost ? CONNECTION_LOST : OTHER;
  }

  /** Whether the tables are not what they were: class 42 names what is not there. */
  static boolean isOfTables(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("42");
  }

  /** For the operator: what the driver says, on one line. */
  static String text(Exception e) {
    String message = String.valueOf(e.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " ");
    String cut = message.length() > 200 ? message.substring(0, 200) + "..." : message;
    return e instanceof SQLException failure && failure.getSQLState() != null
        ? cut + " (SQLState " + failure.getSQLState() + ")"
        : cut;
  }
}
