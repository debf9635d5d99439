package dev.postern.servlet.request;

import static dev.postern.core.StandardReason.BODY_INCOMPLETE;
import static dev.postern.core.StandardReason.BODY_TOO_LARGE;
import static dev.postern.core.StandardReason.BODY_TOO_SLOW;
import static dev.postern.servlet.Outcomes.passed;
import static dev.postern.servlet.Outcomes.reason;
import static dev.postern.servlet.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Outcome;
import dev.postern.core.StandardReason;
import dev.postern.servlet.Rfc;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D1: bodies within a limit of octets and a limit of time")
class BodyReaderTest {
  private static final int LIMIT = 10_000;
  private static final long UNDECLARED = -1;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final BodyReader reader = new BodyReader(LIMIT, nanos::get);

  private static byte[] octets(int size) {
    byte[] octets = new byte[size];
    new Random(size).nextBytes(octets);
    return octets;
  }

  /** Gives so many octets a read, and lets time go by before each. */
  private InputStream stream(byte[] octets, int each, Duration pause) {
    return new InputStream() {
      private int at;

      @Override
      public int read() {
        throw new UnsupportedOperationException("octet by octet is slow");
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        nanos.addAndGet(pause.toNanos());
        if (at == octets.length) {
          return -1;
        }
        int size = Math.min(each, Math.min(length, octets.length - at));
        System.arraycopy(octets, at, into, offset, size);
        at += size;
        return size;
      }
    };
  }

  private InputStream stream(byte[] octets) {
    return stream(octets, Integer.MAX_VALUE, Duration.ZERO);
  }

  private static InputStream failing(byte[] first, Throwable thrown) {
    return new InputStream() {
      private boolean hasGiven = first.length == 0;

      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (hasGiven) {
          if (thrown instanceof IOException e) {
            throw e;
          }
          throw (RuntimeException) thrown;
        }
        hasGiven = true;
        System.arraycopy(first, 0, into, offset, first.length);
        return first.length;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 2_047, 2_048, 2_049, 4_096, 9_999, LIMIT})
  void up_to_the_limit_whether_declared_or_not(int size) {
    assertThat(passed(reader.read(stream(octets(size)), size))).isEqualTo(octets(size));
    assertThat(passed(reader.read(stream(octets(size)), UNDECLARED))).isEqualTo(octets(size));
  }

  @Test
  void one_octet_over_the_limit() {
    assertThat(reason(reader.read(stream(octets(LIMIT + 1)), LIMIT + 1))).isEqualTo(BODY_TOO_LARGE);
    assertThat(reason(reader.read(stream(octets(LIMIT + 1)), UNDECLARED)))
        .isEqualTo(BODY_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(longs = {LIMIT + 1, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Long.MAX_VALUE})
  void what_is_declared_too_large_is_not_even_read(long declared) {
    InputStream untouchable = failing(new byte[0], new AssertionRuntimeException());

    assertThat(reason(reader.read(untouchable, declared))).isEqualTo(BODY_TOO_LARGE);
  }

  @Test
  void an_endless_body_ends_at_the_limit() {
    InputStream endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            given += length;
            assertThat(given).isLessThanOrEqualTo(LIMIT + 1);
            return length;
          }
        };

    assertThat(reason(reader.read(endless, UNDECLARED))).isEqualTo(BODY_TOO_LARGE);
  }

  @Test
  void more_than_was_declared_still_has_the_limit() {
    assertThat(passed(reader.read(stream(octets(20)), 10))).isEqualTo(octets(20));
    assertThat(reason(reader.read(stream(octets(LIMIT + 1)), 10))).isEqualTo(BODY_TOO_LARGE);
  }

  @Test
  void an_end_before_the_declared_length() {
    assertThat(reason(reader.read(stream(octets(99)), 100))).isEqualTo(BODY_INCOMPLETE);
    assertThat(refusal(reader.read(stream(octets(1)), 100)).detail()).isEqualTo("1 octets of 100");
  }

  @Test
  @DisplayName("D12: nothing at all is left to who knows whether an earlier filter has read it")
  void nothing_where_something_was_declared() {
    assertThat(passed(reader.read(stream(octets(0)), 100))).isEmpty();
  }

  @Test
  @Rfc("RFC9110-15.5.9")
  @DisplayName("a deadline of 10 s; exactly 10 s is in time")
  void slow() {
    Duration second = Duration.ofSeconds(1);

    assertThat(passed(reader.read(stream(octets(10), 1, second), 10))).isEqualTo(octets(10));
    assertThat(reason(reader.read(stream(octets(11), 1, second), 11))).isEqualTo(BODY_TOO_SLOW);
    assertThat(refusal(reader.read(stream(octets(100), 2, second), UNDECLARED)).detail())
        .isEqualTo("22 octets in 10 s");
  }

  @Test
  void a_stream_that_gives_nothing_is_slow_rather_than_endless() {
    assertThat(reason(reader.read(stream(octets(9), 0, Duration.ofMillis(1)), 9)))
        .isEqualTo(BODY_TOO_SLOW);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(new EOFException("canary"), BODY_INCOMPLETE),
        Arguments.of(new IOException("canary"), BODY_INCOMPLETE),
        Arguments.of(new IllegalStateException("canary"), BODY_INCOMPLETE),
        Arguments.of(new SocketTimeoutException("canary"), BODY_TOO_SLOW),
        Arguments.of(new IOException(new TimeoutException("canary")), BODY_TOO_SLOW),
        Arguments.of(
            new IOException(new IllegalStateException(new TimeoutException("canary"))),
            BODY_TOO_SLOW),
        Arguments.of(new RuntimeException(new TimeoutException("canary")), BODY_TOO_SLOW));
  }

  @ParameterizedTest
  @MethodSource("broken")
  @DisplayName("whatever a container throws; its text is not repeated")
  void containers_throw(Throwable thrown, StandardReason reason) {
    for (byte[] first : new byte[][] {{}, {'a', '='}}) {
      Outcome<byte[]> outcome = reader.read(failing(first, thrown), 100);

      assertThat(reason(outcome)).isEqualTo(reason);
      assertThat(refusal(outcome).detail()).isEqualTo(thrown.getClass().getName());
    }
  }

  @Property
  void however_it_comes_in_pieces(
      @ForAll @Size(max = 9_000) byte[] octets,
      @ForAll @IntRange(min = 1, max = 3_000) int each,
      @ForAll boolean isDeclared) {
    InputStream stream = stream(octets, each, Duration.ZERO);

    assertThat(passed(reader.read(stream, isDeclared ? octets.length : UNDECLARED)))
        .isEqualTo(Arrays.copyOf(octets, octets.length));
  }

  private static final class AssertionRuntimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AssertionRuntimeException() {
      super("read, though declared too large");
    }
  }
}
