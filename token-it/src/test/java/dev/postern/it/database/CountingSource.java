package dev.postern.it.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts what is asked of a {@link DataSource} and of the connections that it hands out. */
public final class CountingSource {
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger rollbacks = new AtomicInteger();
  private final DataSource counted;

  /** Counts what is asked of this one. */
  public CountingSource(DataSource source) {
    this.counted = proxy(DataSource.class, source, this::ofSource);
  }

  /**
   * What was counted.
   *
   * @param connections lent
   * @param queries statements that began with SELECT
   * @param changes other statements
   */
  public record Counts(int connections, int queries, int changes, int commits, int rollbacks) {
    /** Where a driver sends the begin of a transaction with its first statement, as most do. */
    public int roundTrips() {
      return queries + changes + commits + rollbacks;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d connections, %d queries, %d changes, %d commits, %d rollbacks",
          connections,
          queries,
          changes,
          commits,
          rollbacks);
    }
  }

  /** What is to be bound. */
  public DataSource source() {
    return counted;
  }

  /** What was counted since the last time. */
  public Counts take() {
    return new Counts(
        connections.getAndSet(0),
        queries.getAndSet(0),
        changes.getAndSet(0),
        commits.getAndSet(0),
        rollbacks.getAndSet(0));
  }

  private Object ofSource(String method, Object[] arguments, Object result) {
    if (!method.equals("getConnection")) {
      return result;
    }
    connections.incrementAndGet();
    return proxy(Connection.class, (Connection) result, this::ofConnection);
  }

  private Object ofConnection(String method, Object[] arguments, Object result) {
    switch (method) {
      case "commit" -> commits.incrementAndGet();
      case "rollback" -> rollbacks.incrementAndGet();
      case "prepareStatement" -> {
        AtomicInteger counter = counter((String) arguments[0]);
        return proxy(
            PreparedStatement.class,
            (PreparedStatement) result,
            (call, given, outcome) -> ofStatement(call, counter, outcome));
      }
      case "createStatement" -> {
        return proxy(
            Statement.class,
            (Statement) result,
            (call, given, outcome) -> ofStatement(call, textCounter(given), outcome));
      }
      default -> {}
    }
    return result;
  }

  private static Object ofStatement(String method, AtomicInteger counter, Object result) {
    if (method.startsWith("execute")) {
      counter.incrementAndGet();
    }
    return result;
  }

  private AtomicInteger textCounter(Object[] arguments) {
    return arguments != null && arguments.length > 0 && arguments[0] instanceof String text
        ? counter(text)
        : changes;
  }

  private AtomicInteger counter(String text) {
    return text.stripLeading().toUpperCase(Locale.ROOT).startsWith("SELECT") ? queries : changes;
  }

  /** What is done with the result of a call. */
  private interface Counting {
    Object result(String method, Object[] arguments, Object result);
  }

  private static <T> T proxy(Class<T> type, T target, Counting counting) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            counting.result(method.getName(), arguments, call(target, method, arguments));
    return type.cast(
        Proxy.newProxyInstance(
            CountingSource.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
