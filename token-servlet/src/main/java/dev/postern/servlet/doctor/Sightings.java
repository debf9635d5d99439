package dev.postern.servlet.doctor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What only requests show: noted, and told, the first time that it is seen. Thread-safe; cheap
 * after that.
 */
public final class Sightings {
  private final Consumer<Finding> tell;
  private final Map<FindingKind, Finding> seen = new ConcurrentHashMap<>();

  /** Nothing was seen yet; {@code tell} is told of what is. */
  public Sightings(Consumer<Finding> tell) {
    this.tell = tell;
  }

  /** Whether it is still worth looking. */
  public boolean isNews(FindingKind kind) {
    return !seen.containsKey(kind);
  }

  /** Notes something; {@code detail} has to be fit to be shown. */
  public void see(FindingKind kind, String detail) {
    Finding finding = new Finding(kind, detail);
    if (isNews(kind) && seen.putIfAbsent(kind, finding) == null) {
      tell.accept(finding);
    }
  }

  /** All that was seen. */
  public List<Finding> all() {
    return List.copyOf(seen.values());
  }
}
