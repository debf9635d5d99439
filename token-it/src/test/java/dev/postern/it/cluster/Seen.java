package dev.postern.it.cluster;

import dev.postern.it.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * An answer, and when it was seen.
 *
 * @param start when the request was sent, as {@link System#nanoTime} has it
 * @param end when the answer was there
 */
record Seen(long start, long end, Answer answer) {
  static Seen of(Callable<Answer> request) throws Exception {
    long start = System.nanoTime();
    Answer answer = request.call();
    return new Seen(start, System.nanoTime(), answer);
  }

  Duration took() {
    return Duration.ofNanos(end - start);
  }

  boolean isGood() {
    return answer.status() == 200;
  }

  /** "503 with Retry-After", as a token request is told that the store is away. */
  boolean isUnavailable() {
    return answer.status() == 503
        && answer.header("Retry-After").isPresent()
        && answer.json().getString("error").equals("temporarily_unavailable");
  }

  @Override
  public String toString() {
    return took().toMillis() + " ms: " + answer;
  }
}
