package dev.postern.core.jdbc;

import static dev.postern.core.jdbc.FaultyPool.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("the tables: there or not, made or not")
class SchemaTest {
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+) \\(\n(.*?)\n\\)", Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile("^ {2}([a-z_]+) +[A-Z].*$");

  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() {
    nodes.pool.works();
    assertThat(nodes.pool.inUse()).isZero();
    nodes.close();
  }

  private void assertRefused(Database database, StandardReason reason, String message) {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> database.run(database::now))
        .withMessage(message)
        .extracting(e -> e.refusal().reason())
        .isEqualTo(reason);
  }

  private static void assertReady(Database database) {
    assertThat(database.<Long>run(database::now)).isPositive();
  }

  private void runScript() {
    Schema.statements(Dialect.H2).forEach(statement -> nodes.execute(statement));
  }

  private static final String MISSING =
      "there are no tables of Postern's where the DataSource leads: run h2.sql out of"
          + " token-core.jar (dev/postern/core/jdbc), or set createSchema=true";

  @Test
  @DisplayName("tables that are missing: 9007 with what to do; there later, without a restart")
  void missing() {
    Database database = nodes.database(new Schema(false));

    assertRefused(database, StandardReason.SCHEMA_MISSING, MISSING);
    assertRefused(database, StandardReason.SCHEMA_MISSING, MISSING);
    runScript();
    assertReady(database);
  }

  @Test
  @DisplayName("without the version they are not complete")
  void half_made() {
    List<String> script = Schema.statements(Dialect.H2);
    script.subList(0, script.size() - 1).forEach(statement -> nodes.execute(statement));

    assertRefused(nodes.database(new Schema(false)), StandardReason.SCHEMA_MISSING, MISSING);
    assertReady(nodes.database(new Schema(true)));
  }

  @Test
  void the_script_may_be_run_again() {
    runScript();
    runScript();

    assertThat(nodes.rows("SELECT content FROM postern_meta")).containsExactly("1");
  }

  @Test
  @DisplayName("tables of another application in another schema are not ours")
  void another_schema() {
    nodes.execute("CREATE SCHEMA other");
    nodes.execute("CREATE TABLE other.postern_meta (name VARCHAR(30), content VARCHAR(100))");
    nodes.execute("INSERT INTO other.postern_meta VALUES ('version', '1')");

    assertRefused(nodes.database(new Schema(false)), StandardReason.SCHEMA_MISSING, MISSING);
    assertReady(nodes.database(new Schema(true)));
  }

  @Test
  @DisplayName("tables of another version: 9008 with both, and hands off")
  void other_version() {
    runScript();
    nodes.execute("UPDATE postern_meta SET content = '2' WHERE name = 'version'");
    String message = "the tables are of version 2, this is for version 1";

    assertRefused(
        nodes.database(new Schema(true)), StandardReason.SCHEMA_OF_OTHER_VERSION, message);
    Database database = nodes.database(new Schema(false));
    assertRefused(database, StandardReason.SCHEMA_OF_OTHER_VERSION, message);
    nodes.execute("UPDATE postern_meta SET content = '1' WHERE name = 'version'");
    assertReady(database);
  }

  @Test
  @DisplayName("they are looked at once")
  void looked_at_once() {
    Database database = nodes.database();
    assertReady(database);
    nodes.pool.works();

    assertReady(database);

    assertThat(nodes.pool.calls("createStatement")).isZero();
  }

  @Test
  @DisplayName("each statement has its deadline, those too that make the tables")
  void deadlines() {
    assertReady(nodes.database());

    long statements = nodes.pool.calls("createStatement") + nodes.pool.calls("prepareStatement");
    assertThat(statements).isGreaterThan(20);
    assertThat(nodes.pool.calls("setQueryTimeout")).isEqualTo(statements);
  }

  @Test
  @DisplayName("made by eight nodes at once")
  void created_by_many() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CyclicBarrier barrier = new CyclicBarrier(8);
    try {
      List<Future<Long>> ready = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Database database = nodes.database();
        ready.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return database.run(database::now);
                }));
      }
      for (Future<Long> each : ready) {
        assertThat(each.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(nodes.rows("SELECT content FROM postern_meta")).containsExactly("1");
  }

  @Test
  @DisplayName("who loses a race looks again")
  void created_by_another() {
    nodes.pool.at("execute", 3, this::runScript);
    nodes.pool.failAt("execute", 3, state("23505"));

    assertReady(nodes.database());
    assertThat(nodes.pool.calls("execute")).isEqualTo(3);
  }

  @Test
  void who_loses_a_race_that_nobody_has_won_yet_goes_on() {
    nodes.pool.failAt("execute", 3, state("23505"));
    nodes.pool.failAt("execute", 9, state("42P07"));

    assertReady(nodes.database());
  }

  @Test
  @DisplayName("not allowed to: 9007 with what the database says")
  void not_allowed() {
    nodes.pool.failAlways("execute", state("42501"));
    Database database = nodes.database();

    assertRefused(
        database,
        StandardReason.SCHEMA_MISSING,
        "the tables cannot be created: told to fail (SQLState 42501)");
    assertThat(nodes.pool.calls("execute")).isEqualTo(10);
    nodes.pool.works();
    assertReady(database);
  }

  @Test
  @DisplayName("not allowed to look: what the database says")
  void not_allowed_to_look() {
    runScript();
    nodes.pool.failAlways("executeQuery", state("42501"));

    assertRefused(
        nodes.database(),
        StandardReason.STORE_UNAVAILABLE,
        "the database: told to fail (SQLState 42501)");
    assertThat(nodes.pool.calls("execute")).isZero();
  }

  @Test
  @DisplayName("an unknown database is named")
  void unknown_product() {
    nodes.pool.claimToBe("Oracle");

    assertRefused(
        nodes.database(),
        StandardReason.STORE_UNAVAILABLE,
        "the database: the DataSource leads to Oracle; known are PostgreSQL, MariaDB and H2");
  }

  @Test
  void each_product_has_its_dialect() throws Exception {
    for (String product : List.of("PostgreSQL", "MariaDB", "MySQL", "H2")) {
      nodes.pool.claimToBe(product);
      try (var connection = nodes.pool.source().getConnection()) {
        Dialect dialect = Dialect.of(connection);

        assertThat(dialect.name())
            .isEqualTo(product.equals("MySQL") ? "MARIADB" : product.toUpperCase(Locale.ROOT));
        assertThat(dialect.script()).isEqualTo(dialect.name().toLowerCase(Locale.ROOT) + ".sql");
      }
    }
  }

  @Test
  @DisplayName("H2's own clock is the time in milliseconds")
  void clock_of_h2() {
    long before = System.currentTimeMillis();
    long now = Long.parseLong(nodes.rows("SELECT " + Dialect.H2.now()).get(0));

    assertThat(now).isBetween(before - 1, System.currentTimeMillis() + 1);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  @DisplayName("each script makes nine tables, then says so")
  void statements(Dialect dialect) {
    List<String> statements = Schema.statements(dialect);

    assertThat(statements)
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain(";", "--"))
        .filteredOn(text -> text.startsWith("CREATE TABLE IF NOT EXISTS "))
        .hasSize(9);
    assertThat(statements)
        .filteredOn(text -> text.startsWith("CREATE INDEX IF NOT EXISTS "))
        .hasSize(18);
    assertThat(statements).hasSize(28);
    assertThat(statements.get(statements.size() - 1))
        .startsWith("INSERT INTO postern_meta (name, content)")
        .contains("'1'");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  @DisplayName("and they are the same everywhere")
  void same_tables(Dialect dialect) {
    assertThat(tables(dialect)).isEqualTo(tables(Dialect.H2)).hasSize(9);
    assertThat(tables(dialect).get("postern_code")).hasSize(12).contains("code_hash", "forget_at");
    assertThat(indexes(dialect)).isEqualTo(indexes(Dialect.H2));
  }

  private static Map<String, List<String>> tables(Dialect dialect) {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String statement : Schema.statements(dialect)) {
      Matcher table = TABLE.matcher(statement);
      if (table.find()) {
        tables.put(
            table.group(1),
            table
                .group(2)
                .lines()
                .map(COLUMN::matcher)
                .filter(Matcher::matches)
                .map(column -> column.group(1))
                .toList());
      }
    }
    return tables;
  }

  private static Set<String> indexes(Dialect dialect) {
    return new TreeSet<>(
        Schema.statements(dialect).stream()
            .filter(text -> text.startsWith("CREATE INDEX"))
            .toList());
  }
}
