package dev.postern.it.database;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A database that is there for one test, and how it is reached.
 *
 * @param driver the JDBC driver's class: the {@code DriverManager} knows only what the first class
 *     loader saw that asked it, and in one JVM with containers that is anybody's
 * @param url its JDBC URL
 * @param serializable what is added to the URL for connections that are SERIALIZABLE by default
 */
public record Database(String driver, String url, String user, String serializable) {

  static Database postgres(String host, int port, String name, String user) {
    return new Database(
        "org.postgresql.Driver",
        "jdbc:postgresql://" + host + ":" + port + "/" + name + "?ApplicationName=test",
        user,
        "&options=-c%20default_transaction_isolation=serializable");
  }

  static Database mariaDb(int port, String name) {
    return new Database(
        "org.mariadb.jdbc.Driver",
        "jdbc:mariadb://127.0.0.1:" + port + "/" + name + "?sslMode=disable",
        "root",
        "&sessionVariables=transaction_isolation='SERIALIZABLE'");
  }

  static Database h2() {
    return new Database(
        "org.h2.Driver",
        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
        "sa",
        ";INIT=SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
  }

  /** The same one, whose connections are SERIALIZABLE by default. */
  public Database serialized() {
    return new Database(driver, url + serializable, user, "");
  }

  /** The same one, reached over another port of 127.0.0.1. */
  public Database over(int port) {
    return new Database(driver, url.replaceFirst(":\\d+/", ":" + port + "/"), user, serializable);
  }

  /** A connection of its own. */
  public Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", "");
    try {
      Driver loaded = (Driver) Class.forName(driver).getConstructor().newInstance();
      return loaded.connect(url, login);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without a pool: each connection is a new one. */
  public DataSource plain() {
    return new PlainSource(this);
  }

  /** With a pool of so many. */
  public Pool pool(int size) {
    return Pool.of(this, size, true);
  }

  /** With a pool of so many, which hands them out with autocommit off. */
  public Pool poolWithoutAutoCommit(int size) {
    return Pool.of(this, size, false);
  }

  /** Executes one statement, and commits it. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The number that a query gives. */
  public long number(String sql, Object... parameters) {
    try {
      return Long.parseLong(rows(sql, parameters).get(0).get(0));
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The number that a query gives, asked over a connection that is there already. */
  public static long number(Connection connection, String sql, Object... parameters) {
    try {
      return Long.parseLong(rows(connection, sql, parameters).get(0).get(0));
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** All rows of a query, each column as text; octets as hex, nothing as {@code null}. */
  public List<List<String>> rows(String sql, Object... parameters) throws SQLException {
    try (Connection connection = connect()) {
      return rows(connection, sql, parameters);
    }
  }

  private static List<List<String>> rows(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet found = statement.executeQuery()) {
        List<List<String>> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(row(found));
        }
        return rows;
      }
    }
  }

  private static List<String> row(ResultSet found) throws SQLException {
    List<String> row = new ArrayList<>();
    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
      Object value = found.getObject(i);
      row.add(
          value instanceof byte[] octets
              ? HexFormat.of().formatHex(octets)
              : String.valueOf(value));
    }
    return row;
  }
}
