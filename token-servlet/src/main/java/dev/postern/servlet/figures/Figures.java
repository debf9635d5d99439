package dev.postern.servlet.figures;

import dev.postern.core.ErrorCode;
import dev.postern.core.Reason;
import dev.postern.core.StandardReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts what becomes of requests. Texts that are handed over are escaped and cut already.
 * Thread-safe; on the way of an issued token it allocates nothing.
 */
public final class Figures implements TokenEndpointMXBean {
  private final StoreState store;
  private final LongSupplier tracesDropped;
  private final LongAdder codesIssued = new LongAdder();
  private final LongAdder issued = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder replayed = new LongAdder();
  private final LongAdder revoked = new LongAdder();
  private final LongAdder lockedOut = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final LockOuts lockOuts = new LockOuts();
  private final Latency latency = new Latency();
  private volatile String lastFailure = "";
  private volatile Consumer<String> newCauses = cause -> {};

  /**
   * Nothing is counted yet.
   *
   * @param tracesDropped how many refusals could not be kept for the administrator's pages
   */
  public Figures(StoreState store, LongSupplier tracesDropped) {
    this.store = store;
    this.tracesDropped = tracesDropped;
  }

  public void codeIssued() {
    codesIssued.increment();
  }

  public void issued(boolean isRepeated) {
    (isRepeated ? repeated : issued).increment();
  }

  /** Counts a refusal; one because something was not available is kept, too. */
  public void refused(Reason reason, String detail, Instant at) {
    refused.computeIfAbsent(cause(reason), this::first).increment();
    boolean isFailure =
        reason.code() == ErrorCode.TEMPORARILY_UNAVAILABLE
            && reason != StandardReason.TOO_MANY_FAILURES;
    if (isFailure) {
      lastFailure = (at + " " + cause(reason) + " " + detail).strip();
    }
  }

  private LongAdder first(String cause) {
    newCauses.accept(cause);
    return new LongAdder();
  }

  private static String cause(Reason reason) {
    return reason.label() + " " + reason.name();
  }

  public void replayed() {
    replayed.increment();
  }

  public void revoked() {
    revoked.increment();
  }

  /** Whether this lock-out is news, and not one more refusal of the one before. */
  public boolean lockedOut(String clientId, String source, Instant at) {
    boolean isNews = lockOuts.add(clientId, source, at);
    if (isNews) {
      lockedOut.increment();
    }
    return isNews;
  }

  /** A form that a client posted was answered. */
  public void took(long nanos) {
    latency.add(nanos);
  }

  @Override
  public long getCodesIssued() {
    return codesIssued.sum();
  }

  @Override
  public long getIssued() {
    return issued.sum();
  }

  @Override
  public long getRepeated() {
    return repeated.sum();
  }

  @Override
  public long getRefused() {
    return refused.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  public Map<String, Long> getRefusedByCause() {
    Map<String, Long> all = new TreeMap<>();
    refused.forEach((cause, count) -> all.put(cause, count.sum()));
    return all;
  }

  @Override
  public long getReplayed() {
    return replayed.sum();
  }

  @Override
  public long getRevoked() {
    return revoked.sum();
  }

  @Override
  public long getLockedOut() {
    return lockedOut.sum();
  }

  @Override
  public List<String> getRecentLockOuts() {
    return lockOuts.newestFirst();
  }

  @Override
  public Map<Integer, Long> getLatencyMillis() {
    return latency.byMillis();
  }

  @Override
  public String getStoreKind() {
    return store.kind();
  }

  @Override
  public long getStoreEntries() {
    return store.entries().getAsLong();
  }

  @Override
  public long getTracesDropped() {
    return tracesDropped.getAsLong();
  }

  @Override
  public String getLastFailure() {
    return lastFailure;
  }

  /** How many refusals there were for this cause. */
  long refused(String cause) {
    LongAdder count = refused.get(cause);
    return count == null ? 0 : count.sum();
  }

  /** Tells {@code told} of each cause when it comes up for the first time. */
  void onNewCause(Consumer<String> told) {
    newCauses = told;
  }

  Latency latency() {
    return latency;
  }
}
