package dev.postern.core;

import java.util.List;
import java.util.Optional;

/**
 * What the {@code Authorization} header of a request held, as found: nothing of it is verified.
 * Immutable.
 */
public sealed interface AuthorizationHeader {

  /** The client id that it claims, if it can be told. */
  default Optional<String> claimedClient() {
    return Optional.empty();
  }

  /** There is none. */
  record Absent() implements AuthorizationHeader {}

  /** There is more than one. */
  record Repeated() implements AuthorizationHeader {}

  /** It cannot be read; {@code why} is for the operator and repeats nothing of it. */
  record Malformed(String why) implements AuthorizationHeader {}

  /**
   * Basic credentials. "The client identifier is encoded using the
   * application/x-www-form-urlencoded encoding algorithm" (RFC 6749 s2.3.1), but half of the real
   * clients do not encode, so the same header may have more than one reading.
   *
   * @param readings the distinct readings, the form-decoded one first; at least one
   */
  record Basic(List<IdAndSecret> readings) implements AuthorizationHeader {
    public Basic {
      readings = List.copyOf(readings);
      if (readings.isEmpty()) {
        throw new IllegalArgumentException("no reading");
      }
    }

    @Override
    public Optional<String> claimedClient() {
      return Optional.of(readings.get(0).id());
    }
  }

  /**
   * Another scheme, for the {@link ClientAuthenticationMethod} of an application.
   *
   * @param scheme as sent, in whichever case
   * @param credentials all that follows the scheme
   */
  record Other(String scheme, Secret credentials) implements AuthorizationHeader {}
}
