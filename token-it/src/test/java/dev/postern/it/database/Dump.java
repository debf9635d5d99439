package dev.postern.it.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every value of every column of every table that a database has. */
public final class Dump {
  private final List<Value> values = new ArrayList<>();

  private Dump() {}

  /**
   * A value that is there.
   *
   * @param place its table and column
   * @param octets as they are; of texts and numbers those of their UTF-8
   */
  public record Value(String place, byte[] octets) {}

  /** All that is in this database now. */
  public static Dump of(Database database) throws SQLException {
    Dump dump = new Dump();
    try (Connection connection = database.connect()) {
      for (String table : tables(connection)) {
        dump.add(connection, table);
      }
    }
    return dump;
  }

  /** What was found. */
  public List<Value> values() {
    return values;
  }

  private void add(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          if (rows.getObject(i) != null) {
            String place = table + "." + rows.getMetaData().getColumnName(i);
            values.add(new Value(place.toLowerCase(Locale.ROOT), octets(rows, i)));
          }
        }
      }
    }
  }

  private static byte[] octets(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column) instanceof byte[] octets
        ? octets
        : rows.getString(column).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), null, "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (found.next()) {
        String schema = found.getString("TABLE_SCHEM");
        if (!"INFORMATION_SCHEMA".equalsIgnoreCase(schema)) {
          tables.add(found.getString("TABLE_NAME"));
        }
      }
    }
    return tables;
  }
}
