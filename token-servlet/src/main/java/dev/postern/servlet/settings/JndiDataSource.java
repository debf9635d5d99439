package dev.postern.servlet.settings;

import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The container's {@code DataSource} of a name. Looked up when it is needed, for it may be bound
 * after this application has started, and again every ten seconds, for it may be bound anew.
 * Thread-safe.
 */
public final class JndiDataSource implements Supplier<DataSource> {
  private static final long BELIEVED_NANOS = Duration.ofSeconds(10).toNanos();

  private final String name;
  private final Directory directory;
  private final LongSupplier nanoTime;
  private volatile @Nullable Found found;

  /**
   * Looks {@code name} up.
   *
   * @param name as in {@code jdbc/tokens}: below {@code java:comp/env/}, else as it stands
   */
  @SuppressWarnings("BanJNDI") // a name of the operator's in the application's own context
  public JndiDataSource(String name) {
    this(name, InitialContext::doLookup, System::nanoTime);
  }

  JndiDataSource(String name, Directory directory, LongSupplier nanoTime) {
    this.name = name;
    this.directory = directory;
    this.nanoTime = nanoTime;
  }

  @Override
  public DataSource get() {
    Found last = found;
    if (last != null && nanoTime.getAsLong() - last.atNanos() <= BELIEVED_NANOS) {
      return last.source();
    }
    try {
      DataSource source = lookedUp();
      found = new Found(source, nanoTime.getAsLong());
      return source;
    } catch (UnavailableException e) {
      // A thread of our own need not have java:comp, which is the application's: what a request has
      // found stays good until the next one looks.
      if (last == null) {
        throw e;
      }
      return last.source();
    }
  }

  private DataSource lookedUp() {
    for (String place : places()) {
      try {
        if (directory.lookUp(place) instanceof DataSource source) {
          return source;
        }
      } catch (NamingException e) {
        // The next place; what is said below is all there is to say.
      }
    }
    throw new UnavailableException(
        StandardReason.STORE_UNAVAILABLE,
        "there is no DataSource at the JNDI name " + String.join(" or ", places()));
  }

  private List<String> places() {
    return name.startsWith("java:") ? List.of(name) : List.of("java:comp/env/" + name, name);
  }

  /** Where names are bound, as whoever asks sees it. */
  interface Directory {
    Object lookUp(String name) throws NamingException;
  }

  private record Found(DataSource source, long atNanos) {}
}
