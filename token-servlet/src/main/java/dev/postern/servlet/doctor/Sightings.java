package dev.postern.servlet.doctor;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What only requests show: noted, and logged, the first time that it is seen. Thread-safe; cheap
 * after that.
 */
public final class Sightings {
  private final Logger log;
  private final Map<FindingKind, Finding> seen = new ConcurrentHashMap<>();

  /** Nothing was seen yet. */
  public Sightings(Logger log) {
    this.log = log;
  }

  /** Whether it is still worth looking. */
  public boolean isNews(FindingKind kind) {
    return !seen.containsKey(kind);
  }

  /** Notes something; {@code detail} has to be fit to be shown. */
  public void see(FindingKind kind, String detail) {
    Finding finding = new Finding(kind, detail);
    if (isNews(kind) && seen.putIfAbsent(kind, finding) == null) {
      log.log(level(finding), finding.line());
    }
  }

  /** How a finding is logged. */
  public static Level level(Finding finding) {
    return finding.kind().severity() == FindingKind.Severity.WARNING ? Level.WARNING : Level.INFO;
  }

  /** All that was seen. */
  public List<Finding> all() {
    return List.copyOf(seen.values());
  }
}
