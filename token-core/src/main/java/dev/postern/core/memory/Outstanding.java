package dev.postern.core.memory;

import dev.postern.core.StandardReason;
import dev.postern.core.TokenStore;
import dev.postern.core.UnavailableException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many codes each user has that nobody has redeemed and that have not expired. Thread-safe. */
final class Outstanding {
  private final ConcurrentMap<String, Integer> codes = new ConcurrentHashMap<>();

  /** Counts one more; when that is too many, has the expired ones given back once. */
  void take(String subject, Runnable giveBackExpired) {
    if (codes.merge(subject, 1, Integer::sum) <= TokenStore.MOST_CODES_PER_USER) {
      return;
    }
    giveBackExpired.run();
    if (codes.getOrDefault(subject, 0) > TokenStore.MOST_CODES_PER_USER) {
      giveBack(subject);
      throw new UnavailableException(
          StandardReason.TOO_MANY_CODES,
          "there are " + TokenStore.MOST_CODES_PER_USER + " codes of this user already");
    }
  }

  void giveBack(String subject) {
    codes.computeIfPresent(subject, (unused, count) -> count > 1 ? count - 1 : null);
  }
}
