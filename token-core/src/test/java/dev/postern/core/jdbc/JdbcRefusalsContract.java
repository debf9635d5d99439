package dev.postern.core.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Check;
import dev.postern.core.ErrorCode;
import dev.postern.core.Reason;
import dev.postern.core.RecentRefusals;
import dev.postern.core.RecentRefusalsContract;
import dev.postern.core.Refusal;
import dev.postern.core.RefusalSummary.Reach;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener.RefusedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The contract of recent refusals, held by two nodes over some database, whose clock is replaced by
 * a row that follows the test's.
 */
public abstract class JdbcRefusalsContract extends RecentRefusalsContract {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_KEPT = 150;

  private Database database;
  private Database databaseOfOther;
  private TraceWriter writer;
  private JdbcRefusals here;
  private JdbcRefusals there;

  /** An empty database, always the same one within a test. */
  protected abstract DataSource dataSource() throws SQLException;

  @BeforeEach
  void open() throws SQLException {
    DataSource source = dataSource();
    execute(source, "CREATE TABLE test_clock (millis BIGINT NOT NULL)");
    execute(source, "INSERT INTO test_clock VALUES (0)");
    clock.leads(now -> execute(source, "UPDATE test_clock SET millis = " + now.toEpochMilli()));
    database = database(source);
    databaseOfOther = database(source);
    writer = new TraceWriter(database, RETENTION, MOST_KEPT, DAY);
    here = new JdbcRefusals(database, RETENTION, 2_000, writer);
    there =
        new JdbcRefusals(
            databaseOfOther,
            RETENTION,
            2_000,
            new TraceWriter(databaseOfOther, RETENTION, MOST_KEPT, DAY));
  }

  private Database database(DataSource source) {
    return new Database(
        () -> source, new Schema(true), dialect -> "(SELECT millis FROM test_clock)", clock);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    database.close();
    databaseOfOther.close();
  }

  @Override
  protected RecentRefusals refusals() {
    return here;
  }

  @Override
  protected RecentRefusals elsewhere() {
    return there;
  }

  @Override
  protected void told() {
    writer.write();
  }

  private static void execute(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      connection.setAutoCommit(true);
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long rows() throws SQLException {
    try (Connection connection = dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT COUNT(*) FROM postern_trace");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private void add(int from, int to) {
    for (int i = from; i < to; i++) {
      Instant at = clock.instant().plusMillis(i);
      here.add(event("t-" + i, at, Refusal.of(StandardReason.CLIENT_UNKNOWN), "batch"));
    }
  }

  @Test
  void who_asks_the_node_itself_sees_what_it_has_not_told_yet() {
    add(0, 1);

    assertThat(there.find("t-0")).isEmpty();
    assertThat(here.find("t-0")).isPresent();
    assertThat(here.summary("c-t-0").newest()).hasSize(1);
    assertThat(here.summary("").reach()).isEqualTo(Reach.ALL_NODES);
    assertThat(there.find("t-0")).isPresent();
  }

  @Test
  @DisplayName("a flood: a hundred at a time are told, the others are dropped and counted")
  void flood() throws SQLException {
    add(0, 1_000);
    told();

    assertThat(rows()).isEqualTo(100);
    assertThat(here.dropped()).isEqualTo(900);
    assertThat(here.find("t-999")).as("this node's memory has it").isPresent();
    told();
    assertThat(rows()).isEqualTo(100);
  }

  @Test
  @DisplayName("the table has a bound, which is looked at after every 500 rows")
  void bound() throws SQLException {
    for (int i = 0; i < 5; i++) {
      add(100 * i, 100 * (i + 1));
      told();
    }
    // Looked at with the first ones, as this node may have come a moment ago.
    assertThat(rows()).isEqualTo(500);
    add(500, 600);
    told();

    assertThat(rows()).isEqualTo(MOST_KEPT);
    assertThat(there.find("t-449")).isEmpty();
    assertThat(there.find("t-450")).isPresent();
    assertThat(here.dropped()).isZero();
  }

  @Test
  @DisplayName("what is older than the retention is swept away")
  void swept() throws SQLException {
    add(0, 150 - 50);
    told();
    Sweeper sweeper = new Sweeper(database, Duration.ZERO);
    clock.advance(RETENTION.plusMillis(49));
    sweepAll(sweeper);
    assertThat(rows()).isEqualTo(50);

    clock.advance(Duration.ofMillis(50));
    sweepAll(sweeper);
    assertThat(rows()).isZero();
  }

  private static void sweepAll(Sweeper sweeper) {
    for (int i = 0; i < Sql.SWEEPS; i++) {
      sweeper.sweep();
    }
  }

  @Test
  void reasons_of_the_application_come_back_too() {
    RefusedEvent own = event("t-1", clock.instant(), Refusal.of(Own.VOUCHER_UNKNOWN), "batch");
    RefusedEvent open = event("t-2", clock.instant(), Refusal.of(Own.NO_VOUCHERS_TODAY), "batch");
    here.add(own);
    here.add(open);
    told();

    Reason found = there.find("t-1").orElseThrow().refusal().reason();
    assertThat(found.label() + found.name()).isEqualTo("TOK20001VOUCHER_UNKNOWN");
    assertThat(found.text()).isEqualTo("there is no such voucher");
    assertThat(found.face()).isEqualTo(StandardReason.GRANT_REFUSED);
    assertThat(found.check()).isEqualTo(Check.GRANT);
    assertThat(found.code()).isEqualTo(ErrorCode.INVALID_GRANT);
    assertThat(there.find("t-2").orElseThrow().refusal().description())
        .isEqualTo(open.refusal().description());
    assertThat(there.summary("").numbers()).containsEntry("TOK20001", 1L);
  }

  @Test
  void what_another_version_has_written_and_this_one_cannot_read_is_left_out() throws SQLException {
    add(0, 2);
    told();
    execute(
        dataSource(),
        "UPDATE postern_trace SET reason_number = 1999, reason_name = 'NEWER', error = 'NEWER'"
            + " WHERE trace_id = 't-0'");

    assertThat(there.find("t-0")).isEmpty();
    assertThat(there.summary("").newest()).hasSize(1);
  }

  @Test
  @DisplayName("what does not fit is cut, and found by what it was cut to and by the whole")
  void cut() {
    String client = "\\u0041".repeat(200);
    Refusal refusal =
        new Refusal(StandardReason.CLIENT_UNKNOWN, "s".repeat(3_000), "d".repeat(3_000));
    here.add(event("t-1", clock.instant(), refusal, client));
    told();

    RefusedEvent found = there.find("t-1").orElseThrow();
    assertThat(found.clientId()).isEqualTo(client.substring(0, 255));
    assertThat(found.refusal().detail()).isEqualTo("d".repeat(1_000));
    assertThat(there.summary(client).newest()).containsExactly(found);
    assertThat(there.summary(found.clientId()).newest()).containsExactly(found);
  }

  private enum Own implements Reason {
    VOUCHER_UNKNOWN(20_001, "there is no such voucher", StandardReason.GRANT_REFUSED),
    NO_VOUCHERS_TODAY(20_002, "no vouchers today", null);

    private final int number;
    private final String text;
    private final Reason face;

    Own(int number, String text, Reason face) {
      this.number = number;
      this.text = text;
      this.face = face;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public ErrorCode code() {
      return ErrorCode.INVALID_GRANT;
    }

    @Override
    public Check check() {
      return Check.GRANT;
    }

    @Override
    public String section() {
      return "";
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public Reason face() {
      return face == null ? this : face;
    }
  }
}
