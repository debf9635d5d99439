package dev.postern.core.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** All that the databases do not agree on. */
enum Dialect {
  /** {@code now()} would stand still from the begin of a transaction on. */
  POSTGRESQL("postgresql", "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"),

  /** In UTC: a local time comes twice when summer time ends. */
  MARIADB(
      "mariadb", "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000)"),

  H2(
      "h2",
      "DATEDIFF('MILLISECOND', TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00',"
          + " CURRENT_TIMESTAMP(3))");

  private final String script;
  private final String now;

  Dialect(String script, String now) {
    this.script = script;
    this.now = now;
  }

  /** That of the database at the other end. */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "PostgreSQL" -> POSTGRESQL;
      // MySQL's driver calls MariaDB by its own name.
      case "MariaDB", "MySQL" -> MARIADB;
      case "H2" -> H2;
      default ->
          throw new SQLException(
              "the DataSource leads to " + product + "; known are PostgreSQL, MariaDB and H2");
    };
  }

  /** The resource in this package with the statements that make the tables. */
  String script() {
    return script + ".sql";
  }

  /** The milliseconds since the epoch by the clock of the database, as an SQL expression. */
  String now() {
    return now;
  }
}
