package dev.postern.core.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import dev.postern.it.database.Pool;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("No statement reads a table from its beginning to its end")
final class IndexUseIT {
  private static final int ROWS = 20_000;

  @Test
  @DisplayName("as PostgreSQL plans them for tables with many rows")
  void every_statement() throws SQLException {
    Database database = Databases.POSTGRES.create();
    try (Pool pool = database.pool(2);
        JdbcStore store = new JdbcStore(pool::source, true, InstantSource.system())) {
      store.check();
    }
    ManyRows.fill(database, ROWS);

    for (String statement : statements(new Sql(Dialect.POSTGRESQL.now()))) {
      String plan = plan(database, statement);

      assertThat(plan).as(statement).contains("Index").doesNotContain("Seq Scan");
    }
  }

  @Test
  @DisplayName("the plan tells of a statement that does")
  void a_statement_that_does() throws SQLException {
    Database database = Databases.POSTGRES.create();
    database.execute("CREATE TABLE thing (name TEXT)");

    assertThat(plan(database, "SELECT * FROM thing WHERE name = ?")).contains("Seq Scan");
  }

  private static List<String> statements(Sql sql) {
    List<String> all =
        new ArrayList<>(
            List.of(
                sql.findCode,
                sql.spendCode,
                sql.revokeCode,
                sql.revokeFamilyOfCode,
                sql.findFamily,
                sql.rotate,
                sql.revokeFamily,
                sql.findAccessToken,
                sql.revokeAccessToken,
                TraceSql.FIND,
                TraceSql.NEWEST_TOO_MANY,
                TraceSql.OLDEST,
                TraceSql.FORGET,
                TraceSql.SOME.newest(),
                TraceSql.SOME.numbers(),
                TraceSql.SOME.clients(),
                TraceSql.SOME.days(),
                // Its counts read all of the table, which is bounded.
                TraceSql.ALL.newest()));
    all.addAll(sql.revokeSubject);
    sql.sweeps.forEach(
        sweep -> {
          all.add(sweep.find());
          all.addAll(sweep.forEach());
        });
    return all;
  }

  /** With parameters of which PostgreSQL knows no values, as a prepared statement is planned. */
  private static String plan(Database database, String statement) throws SQLException {
    StringBuilder numbered = new StringBuilder("EXPLAIN (GENERIC_PLAN) ");
    int parameters = 0;
    for (char c : statement.toCharArray()) {
      if (c == '?') {
        parameters++;
        numbered.append('$').append(parameters);
      } else {
        numbered.append(c);
      }
    }
    StringBuilder plan = new StringBuilder();
    // The driver would ask for values.
    Database simple =
        new Database(
            database.driver(), database.url() + "&preferQueryMode=simple", database.user(), "");
    for (List<String> row : simple.rows(numbered.toString())) {
      plan.append(row.get(0)).append('\n');
    }
    return plan.toString();
  }
}
