package dev.postern.servlet.settings;

import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ClientSecret;
import dev.postern.core.Sha256;
import dev.postern.core.memory.MemoryClients;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * The clients of a file outside of the WAR, read anew when it changes: looked at once a second
 * while requests come. A file that is bad in any way is refused as a whole, and what was read
 * before goes on. Thread-safe.
 */
public final class WatchedClients implements ClientRegistry {
  private static final long LOOK_EVERY_MILLIS = 1_000;
  private static final long READ_EVERY_LOOKS = 60;

  private final Path path;
  private final BiFunction<byte[], Instant, ClientsFile> reader;
  private final InstantSource clock;
  private final Logger log;

  private final AtomicBoolean isLooking = new AtomicBoolean();
  private volatile long nextLookAt;
  private long looks;
  private volatile State seen;
  private volatile MemoryClients clients;

  /**
   * Watches a file that was read just now.
   *
   * @param octets what it held
   * @param initial the clients that this was
   */
  public WatchedClients(
      Path path,
      byte[] octets,
      ClientsFile initial,
      BiFunction<byte[], Instant, ClientsFile> reader,
      InstantSource clock,
      Logger log) {
    this.path = path;
    this.reader = reader;
    this.clock = clock;
    this.log = log;
    this.seen = new State(digest(octets), "");
    this.clients = registry(octets, initial);
    this.nextLookAt = clock.millis() + LOOK_EVERY_MILLIS;
  }

  /** Unknown ids get their decoys by a number that only who can read the file can know. */
  public static MemoryClients registry(byte[] octets, ClientsFile file) {
    return new MemoryClients(file.clients(), digest(octets));
  }

  private static long digest(byte[] octets) {
    return ByteBuffer.wrap(Sha256.of(octets)).getLong();
  }

  @Override
  public Optional<Client> find(String clientId) {
    look();
    return clients.find(clientId);
  }

  @Override
  public List<ClientSecret> decoysFor(String clientId) {
    return clients.decoysFor(clientId);
  }

  @Override
  public Optional<Collection<Client>> overview() {
    look();
    return clients.overview();
  }

  @Override
  public boolean isScopeRegistered(String scopeToken) {
    return clients.isScopeRegistered(scopeToken);
  }

  /** Whoever comes when it is time looks; nobody waits for it. */
  private void look() {
    long now = clock.millis();
    // A clock that was set back is no reason to wait.
    boolean isTime = now >= nextLookAt || now < nextLookAt - LOOK_EVERY_MILLIS;
    if (!isTime || !isLooking.compareAndSet(false, true)) {
      return;
    }
    try {
      nextLookAt = clock.millis() + LOOK_EVERY_MILLIS;
      read();
    } finally {
      isLooking.set(false);
    }
  }

  private void read() {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      String stamp = file.lastModifiedTime() + " " + file.size() + " " + file.fileKey();
      // Changed twice within a tick of its clock, or copied with its old time, a file keeps its
      // stamp: young ones are read anyway, and all of them now and then.
      long age = clock.millis() - file.lastModifiedTime().toMillis();
      boolean isYoung = Math.abs(age) < 3 * LOOK_EVERY_MILLIS;
      looks++;
      if (stamp.equals(seen.stamp) && !isYoung && looks % READ_EVERY_LOOKS != 0) {
        return;
      }
      byte[] octets = Files.readAllBytes(path);
      long digest = digest(octets);
      boolean isNew = digest != seen.digest;
      seen = new State(digest, stamp);
      if (isNew) {
        replace(octets);
      }
    } catch (IOException e) {
      boolean isNews = !seen.stamp.equals("unreadable");
      seen = new State(seen.digest, "unreadable");
      if (isNews) {
        log.log(
            Level.ERROR,
            "the clients file cannot be read any more, the clients read before stay: " + e);
      }
    }
  }

  private void replace(byte[] octets) {
    ClientsFile file = reader.apply(octets, clock.instant());
    if (file.problems().isEmpty()) {
      clients = registry(octets, file);
      log.log(Level.INFO, "the clients file was read anew: " + file.clients().size() + " clients");
    } else {
      log.log(
          Level.ERROR,
          "the clients file has changed and is refused, the clients read before stay:\n  "
              + String.join("\n  ", file.problems()));
    }
  }

  /** What was last seen of the file, so that the same is not read, or complained of, again. */
  private record State(long digest, String stamp) {}
}
