package dev.postern.core.memory;

import dev.postern.core.ConsentStore;
import dev.postern.core.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What users have allowed clients, in the memory of one process. Holds so many answers; when it is
 * full, who has not come for the longest time is asked again. Thread-safe.
 */
public final class MemoryConsents implements ConsentStore {
  private final Map<Key, Scope> allowed;

  /**
   * A store.
   *
   * @param capacity how many answers it holds, at least 1; each takes some 300 bytes
   */
  public MemoryConsents(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity has to be at least 1, not " + capacity);
    }
    this.allowed = new LeastRecent(capacity);
  }

  @Override
  public Optional<Scope> find(String clientId, String subject) {
    synchronized (allowed) {
      return Optional.ofNullable(allowed.get(new Key(clientId, subject)));
    }
  }

  @Override
  public void save(String clientId, String subject, Scope scope) {
    synchronized (allowed) {
      allowed.put(new Key(clientId, subject), scope);
    }
  }

  @Override
  public void forgetSubject(String subject) {
    synchronized (allowed) {
      allowed.keySet().removeIf(key -> key.subject.equals(subject));
    }
  }

  @Override
  public void forgetClient(String clientId) {
    synchronized (allowed) {
      allowed.keySet().removeIf(key -> key.clientId.equals(clientId));
    }
  }

  private record Key(String clientId, String subject) {}

  /** In the order of their last use. */
  private static final class LeastRecent extends LinkedHashMap<Key, Scope> {
    private static final long serialVersionUID = 1;
    private final int capacity;

    LeastRecent(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Scope> eldest) {
      return size() > capacity;
    }
  }
}
