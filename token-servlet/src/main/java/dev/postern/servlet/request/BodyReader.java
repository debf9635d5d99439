package dev.postern.servlet.request;

import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Reads a body whole, within a limit of octets and a limit of time. Thread-safe. */
public final class BodyReader {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int CHUNK = 2_048;

  private final int maxOctets;
  private final LongSupplier nanoClock;

  /**
   * A reader of bodies up to {@code maxOctets}, so many included.
   *
   * @param nanoClock counts nanoseconds, as {@link System#nanoTime} does
   */
  public BodyReader(int maxOctets, LongSupplier nanoClock) {
    this.maxOctets = maxOctets;
    this.nanoClock = nanoClock;
  }

  /**
   * The body of a request.
   *
   * @param declared its length as the request has it, negative when it does not say
   */
  public Outcome<byte[]> read(InputStream body, long declared) {
    return admit(declared).then(length -> readNow(body, length));
  }

  /** The length of a body as the request has it, if so much may be read. */
  Outcome<Long> admit(long declared) {
    return declared > maxOctets ? tooLarge() : Outcome.of(declared);
  }

  private Outcome<byte[]> readNow(InputStream body, long declared) {
    try {
      return readWithin(body, declared);
    } catch (IOException | RuntimeException e) {
      // Containers tell of a broken body with exceptions of all sorts. Their texts stay out of the
      // log: some repeat what was sent.
      return Outcome.refused(
          Refusal.of(isTimeout(e) ? StandardReason.BODY_TOO_SLOW : StandardReason.BODY_INCOMPLETE)
              .withDetail(e.getClass().getName()));
    }
  }

  private Outcome<byte[]> readWithin(InputStream body, long declared) throws IOException {
    long start = nanoClock.getAsLong();
    // One octet more than there may be, so that one too many is seen.
    byte[] octets = new byte[declared >= 0 ? (int) declared + 1 : CHUNK];
    int size = 0;
    while (true) {
      int read = body.read(octets, size, octets.length - size);
      if (read < 0) {
        break;
      }
      size += read;
      if (size > maxOctets) {
        return tooLarge();
      }
      if (nanoClock.getAsLong() - start > DEADLINE.toNanos()) {
        return Outcome.refused(
            Refusal.of(StandardReason.BODY_TOO_SLOW)
                .withDetail(size + " octets in " + DEADLINE.toSeconds() + " s"));
      }
      if (size == octets.length) {
        octets = Arrays.copyOf(octets, Math.min(2 * size, maxOctets + 1));
      }
    }
    return size > 0 && size < declared
        ? Outcome.refused(
            Refusal.of(StandardReason.BODY_INCOMPLETE).withDetail(size + " octets of " + declared))
        : Outcome.of(Arrays.copyOf(octets, size));
  }

  private <T> Outcome<T> tooLarge() {
    return Outcome.refused(
        Refusal.of(StandardReason.BODY_TOO_LARGE).withDetail("more than " + maxOctets + " octets"));
  }

  private static boolean isTimeout(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t.getClass().getSimpleName().toLowerCase(Locale.ROOT).contains("timeout")) {
        return true;
      }
    }
    return false;
  }
}
