package dev.postern.core.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A pool in front of an H2 of its own, whose JDBC calls fail when a test says so. As careless as
 * pools may be: it gives a connection out as it came back, the last one first. Thread-safe.
 */
final class FaultyPool {
  /** The silence that its connections bear with, as they are handed out. */
  static final int NETWORK_TIMEOUT = 7_000;

  private final JdbcDataSource database = new JdbcDataSource();
  private final Deque<Physical> idle = new ArrayDeque<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger borrowed = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger aborted = new AtomicInteger();
  private final AtomicReference<Physical> last = new AtomicReference<>();
  private volatile boolean isAutoCommit = true;
  private volatile Optional<String> product = Optional.empty();

  FaultyPool() {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  /** The pool, to those under test. */
  DataSource source() {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Physical physical = (Physical) checked("DataSource", method, this::borrow);
          return connection(physical);
        });
  }

  /** The database itself, where nothing fails. */
  DataSource database() {
    return database;
  }

  // What it is told

  /** New connections come without autocommit. */
  void handOutWithoutAutoCommit() {
    isAutoCommit = false;
  }

  void claimToBe(String name) {
    product = Optional.of(name);
  }

  /**
   * Lets a call fail, before it does anything.
   *
   * @param call a method's name, or with its type as in {@code Connection.close}
   * @param nth the how-manieth from now on
   */
  void failAt(String call, int nth, Supplier<? extends Throwable> fault) {
    rules.add(new Rule(named(call), nth, nth, false, fault));
  }

  /** Lets a call do what it does, and fail then. */
  void failAfter(String call, int nth, Supplier<? extends Throwable> fault) {
    rules.add(new Rule(named(call), nth, nth, true, fault));
  }

  void failAlways(String call, Supplier<? extends Throwable> fault) {
    rules.add(new Rule(named(call), 1, Integer.MAX_VALUE, false, fault));
  }

  /** Lets the nth call of any kind that counts fail. */
  void failAtCall(int nth, Predicate<String> counts, Supplier<? extends Throwable> fault) {
    rules.add(new Rule(counts, nth, nth, false, fault));
  }

  /** Does something at a call, before it does what it does. */
  void at(String call, int nth, Runnable event) {
    rules.add(
        new Rule(
            named(call),
            nth,
            nth,
            false,
            () -> {
              event.run();
              return null;
            }));
  }

  /** Nothing fails any more, and the calls are counted anew. */
  void works() {
    rules.clear();
    calls.clear();
  }

  private static Predicate<String> named(String call) {
    return name -> name.equals(call) || name.endsWith("." + call);
  }

  static Supplier<SQLException> state(String state) {
    return () -> new SQLException("told to fail", state);
  }

  // What it has seen

  int borrowed() {
    return borrowed.get();
  }

  int inUse() {
    return borrowed.get() - closed.get();
  }

  int aborted() {
    return aborted.get();
  }

  /** The calls since {@link #works}. */
  List<String> calls() {
    return calls;
  }

  long calls(String call) {
    return calls.stream().filter(named(call)).count();
  }

  /** That of the connection which was handed out last. */
  int lastNetworkTimeout() {
    return last.get().networkTimeout;
  }

  /** From now on it makes new connections. */
  void forgetIdle() {
    synchronized (idle) {
      idle.clear();
    }
  }

  /** Commits on each connection that came back, as whoever gets it next may do. */
  void commitAll() throws SQLException {
    synchronized (idle) {
      for (Physical physical : idle) {
        if (!physical.connection.getAutoCommit()) {
          physical.connection.commit();
        }
      }
    }
  }

  /** Whether all connections that came back are as they were handed out. */
  boolean isAsHandedOut() throws SQLException {
    synchronized (idle) {
      for (Physical physical : idle) {
        if (physical.connection.getAutoCommit() != isAutoCommit
            || physical.networkTimeout != NETWORK_TIMEOUT) {
          return false;
        }
      }
      return true;
    }
  }

  // How it does that

  private Physical borrow() throws SQLException {
    synchronized (idle) {
      Physical physical = idle.pollFirst();
      if (physical == null) {
        physical = new Physical(database.getConnection());
        physical.connection.setAutoCommit(isAutoCommit);
      }
      borrowed.incrementAndGet();
      last.set(physical);
      return physical;
    }
  }

  private Connection connection(Physical physical) {
    return proxy(
        Connection.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "close" -> {
                closed.incrementAndGet();
                yield checked("Connection", method, () -> giveBack(physical));
              }
              case "abort" -> checked("Connection", method, () -> abort(physical));
              case "getNetworkTimeout" ->
                  checked("Connection", method, () -> physical.networkTimeout);
              case "setNetworkTimeout" ->
                  checked("Connection", method, () -> limit(physical, (Integer) arguments[1]));
              default -> invoked("Connection", physical.connection, method, arguments);
            });
  }

  private Object giveBack(Physical physical) {
    synchronized (idle) {
      if (!physical.isAborted) {
        idle.addFirst(physical);
      }
      return null;
    }
  }

  private Object abort(Physical physical) throws SQLException {
    aborted.incrementAndGet();
    physical.isAborted = true;
    physical.connection.rollback();
    physical.connection.close();
    return null;
  }

  private static Object limit(Physical physical, int millis) {
    physical.networkTimeout = millis;
    return null;
  }

  private Object invoked(String type, Object target, Method method, Object[] arguments)
      throws Throwable {
    Object result =
        checked(
            type,
            method,
            () -> {
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    if (method.getName().equals("getDatabaseProductName")) {
      return product.orElse((String) result);
    }
    return wrapped(result);
  }

  private Object wrapped(Object result) {
    if (result instanceof PreparedStatement) {
      return wrapped(PreparedStatement.class, "Statement", result);
    }
    if (result instanceof Statement) {
      return wrapped(Statement.class, "Statement", result);
    }
    if (result instanceof ResultSet) {
      return wrapped(ResultSet.class, "ResultSet", result);
    }
    return result instanceof DatabaseMetaData
        ? wrapped(DatabaseMetaData.class, "MetaData", result)
        : result;
  }

  private <T> T wrapped(Class<T> type, String name, Object target) {
    return proxy(type, (self, method, arguments) -> invoked(name, target, method, arguments));
  }

  private Object checked(String type, Method method, Call call) throws Throwable {
    String name = type + "." + method.getName();
    calls.add(name);
    List<Throwable> late = new CopyOnWriteArrayList<>();
    for (Rule rule : rules) {
      if (rule.calls.test(name) && rule.isDue()) {
        Throwable fault = rule.fault.get();
        if (fault != null && !rule.isLate) {
          throw fault;
        }
        if (fault != null) {
          late.add(fault);
        }
      }
    }
    Object result = call.run();
    if (!late.isEmpty()) {
      throw late.get(0);
    }
    return result;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(FaultyPool.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private interface Call {
    Object run() throws Throwable;
  }

  /** When something fails. */
  private static final class Rule {
    private final Predicate<String> calls;
    private final int from;
    private final int to;
    private final boolean isLate;
    private final Supplier<? extends Throwable> fault;
    private final AtomicInteger count = new AtomicInteger();

    Rule(
        Predicate<String> calls,
        int from,
        int to,
        boolean isLate,
        Supplier<? extends Throwable> fault) {
      this.calls = calls;
      this.from = from;
      this.to = to;
      this.isLate = isLate;
      this.fault = fault;
    }

    boolean isDue() {
      int number = count.incrementAndGet();
      return number >= from && number <= to;
    }
  }

  /** A connection to the database, with what its pool knows of it. */
  private static final class Physical {
    private final Connection connection;
    private volatile int networkTimeout = NETWORK_TIMEOUT;
    private volatile boolean isAborted;

    Physical(Connection connection) {
      this.connection = connection;
    }
  }
}
