package dev.postern.core.jdbc;

import dev.postern.core.RecentRefusals;
import dev.postern.core.RefusalSearch;
import dev.postern.core.RefusalSummary;
import dev.postern.core.RefusalSummary.Reach;
import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.UnavailableException;
import dev.postern.core.memory.MemoryRefusals;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The refusals of all nodes that share a database, in its table {@code postern_trace}. This node's
 * own are in its memory beside, so that they are found at once, and while the database is away:
 * then refusals are what the operator wants to see. Others' come about a second later. Thread-safe.
 */
final class JdbcRefusals implements RecentRefusals {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger("dev.postern");

  private final Database database;
  private final Duration retention;
  private final MemoryRefusals own;
  private final TraceWriter writer;

  JdbcRefusals(Database database, Duration retention, int mostInMemory) {
    this(
        database,
        retention,
        mostInMemory,
        new TraceWriter(database, retention, TraceWriter.MOST_KEPT, PAUSE));
  }

  JdbcRefusals(Database database, Duration retention, int mostInMemory, TraceWriter writer) {
    this.database = database;
    this.retention = retention;
    this.own = new MemoryRefusals(retention, mostInMemory, database.clock());
    this.writer = writer;
  }

  @Override
  public void add(RefusedEvent event) {
    own.add(event);
    writer.add(event);
  }

  @Override
  public long dropped() {
    return writer.dropped();
  }

  @Override
  public RefusalSummary summary(String asked) {
    // The operator's request may wait, and is to see what this node has not told yet.
    writer.write();
    RefusalSearch search = RefusalSearch.of(asked);
    try {
      return database.run(session -> summary(session, search));
    } catch (UnavailableException e) {
      LOG.log(Level.DEBUG, "refusals of other nodes are not shown: " + e.getMessage());
      return own.summary(asked).within(Reach.THIS_NODE_FOR_NOW);
    }
  }

  private RefusalSummary summary(Session session, RefusalSearch search) throws SQLException {
    TraceSql.Glance traces = search.isForAll() ? TraceSql.ALL : TraceSql.SOME;
    List<Object> values = new ArrayList<>(List.of(database.now(session) - retention.toMillis()));
    if (!search.isForAll()) {
      String text = TraceRow.cut(search.text(), TraceRow.WIDE);
      // No reason has a negative number.
      values.addAll(List.of(text, text, text, search.number().orElse(-1)));
    }
    List<RefusedEvent> newest =
        session
            .all(traces.newest(), TraceRow::read, with(values, RefusalSummary.MOST_LISTED))
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return new RefusalSummary(
        Reach.ALL_NODES,
        newest,
        counted(session, traces.numbers(), "TOK", values),
        counted(session, traces.clients(), "", values),
        days(session, traces.days(), values));
  }

  private static Map<String, Long> counted(
      Session session, String query, String prefix, List<Object> values) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    session.all(
        query,
        row -> counts.put(prefix + row.getString(1), row.getLong(2)),
        with(values, RefusalSummary.MOST_COUNTED));
    return counts;
  }

  private static SortedMap<LocalDate, Long> days(Session session, String query, List<Object> values)
      throws SQLException {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    session.all(
        query, row -> days.put(day(row.getLong(1)), row.getLong(2)), values.toArray(Object[]::new));
    return days;
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static Object[] with(List<Object> values, int most) {
    List<Object> all = new ArrayList<>(values);
    all.add(most);
    return all.toArray(Object[]::new);
  }

  @Override
  public Optional<RefusedEvent> find(String traceId) {
    Optional<RefusedEvent> found = own.find(traceId);
    return found.isPresent() ? found : findElsewhere(traceId);
  }

  private Optional<RefusedEvent> findElsewhere(String traceId) {
    try {
      return database
          .run(
              session ->
                  session.one(
                      TraceSql.FIND,
                      TraceRow::read,
                      TraceRow.cut(traceId, TraceRow.WIDE),
                      database.now(session) - retention.toMillis()))
          .flatMap(row -> row);
    } catch (UnavailableException e) {
      LOG.log(Level.DEBUG, "refusals of other nodes are not shown: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
