package dev.postern.core.jdbc;

import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ClientSecret;
import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import dev.postern.core.memory.MemoryClients;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Registrations in the tables {@code postern_client} and {@code postern_client_secret}. All of them
 * are held in memory and read anew every two seconds while requests come, by one of those: what an
 * administrator changes takes effect on every node within five seconds, and what is older than that
 * is not believed. A registration that makes no sense is as if it were not there, and is complained
 * of. Thread-safe.
 */
public final class JdbcClients implements ClientRegistry {
  private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long BELIEVED_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();
  private static final long MAX_WAIT_MILLIS = 1_500;
  private static final Logger LOG = System.getLogger("dev.postern");

  private final Database database;
  private final ClientRows rows;
  private final LongSupplier nanos;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Snapshot snapshot;
  private long failedAt;
  private List<String> complaints = List.of();

  /**
   * Those that {@code rows} makes sense of.
   *
   * @param nanos the steady clock of this machine
   */
  JdbcClients(Database database, ClientRows rows, LongSupplier nanos) {
    this.database = database;
    this.rows = rows;
    this.nanos = nanos;
    this.failedAt = nanos.getAsLong() - RETRY_NANOS;
  }

  @Override
  public Optional<Client> find(String clientId) {
    return clients().find(clientId);
  }

  @Override
  public List<ClientSecret> decoysFor(String clientId) {
    return clients().decoysFor(clientId);
  }

  @Override
  public Optional<Collection<Client>> overview() {
    return clients().overview();
  }

  /** By what was read last, however old: this is not worth a query. */
  @Override
  public boolean isScopeRegistered(String scopeToken) {
    Snapshot last = snapshot;
    return last != null && last.clients().isScopeRegistered(scopeToken);
  }

  private MemoryClients clients() {
    Snapshot last = snapshot;
    long age = last == null ? Long.MAX_VALUE : nanos.getAsLong() - last.readAt();
    if (last != null && age < FRESH_NANOS) {
      return last.clients();
    }
    // Nobody waits for a new one while the last one may be believed.
    if (last != null && age < BELIEVED_NANOS) {
      return reading.tryLock() ? readOr(last) : last.clients();
    }
    return lockInTime() ? readOr(null) : unavailable("others wait for them already");
  }

  private boolean lockInTime() {
    try {
      return reading.tryLock(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the tables say now; the last that may be believed when they cannot be read. */
  private MemoryClients readOr(@Nullable Snapshot believed) {
    try {
      Snapshot byAnother = snapshot;
      if (byAnother != null && nanos.getAsLong() - byAnother.readAt() < FRESH_NANOS) {
        return byAnother.clients();
      }
      if (nanos.getAsLong() - failedAt < RETRY_NANOS) {
        return believed == null
            ? unavailable("they could not be read just now")
            : believed.clients();
      }
      long readAt = nanos.getAsLong();
      ClientRows.Read read = database.run(this::read);
      complain(read.problems());
      MemoryClients clients = new MemoryClients(read.clients(), read.digest());
      snapshot = new Snapshot(clients, readAt);
      return clients;
    } catch (UnavailableException e) {
      failedAt = nanos.getAsLong();
      if (believed == null) {
        throw e;
      }
      return believed.clients();
    } finally {
      reading.unlock();
    }
  }

  /** With the time: secrets expire by the database's clock, which nobody else may be asking. */
  private ClientRows.Read read(Session session) throws SQLException {
    database.now(session);
    return rows.read(session);
  }

  private static MemoryClients unavailable(String why) {
    throw new UnavailableException(
        StandardReason.CLIENTS_UNAVAILABLE, "the clients are not to be had: " + why);
  }

  private void complain(List<String> problems) {
    if (!problems.equals(complaints) && !problems.isEmpty()) {
      LOG.log(
          Level.ERROR,
          "clients in the database that make no sense are left out:\n  "
              + String.join("\n  ", problems));
    }
    complaints = problems;
  }

  /** What was read, and when that began. */
  private record Snapshot(MemoryClients clients, long readAt) {}
}
