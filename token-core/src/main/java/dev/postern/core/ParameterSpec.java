package dev.postern.core;

import java.util.function.Predicate;

/**
 * A form parameter that a {@link Grant} or a {@link ClientAuthenticationMethod} reads. What is
 * declared here is checked before either is asked.
 *
 * @param name as on the wire
 * @param isRequired whether the grant cannot do without it
 * @param isRepeatable whether it may stand more than once in a request (RFC 8707 s2 allows it of
 *     {@code resource}); RFC 6749 s3.2 allows it of none
 * @param maxLength in characters; exactly this many still pass
 * @param grammar which values are well-formed
 */
public record ParameterSpec(
    String name,
    boolean isRequired,
    boolean isRepeatable,
    int maxLength,
    Predicate<String> grammar) {

  private static final int MAX_LENGTH = 4_000;
  private static final int MAX_ASSERTION_LENGTH = 16_000;

  /**
   * {@code scope} (RFC 6749 s3.3): its grammar is checked apart, as it has an error code of its
   * own.
   */
  public static final ParameterSpec SCOPE = optional("scope").matching(value -> true);

  /** A parameter without which the grant is refused. */
  public static ParameterSpec required(String name) {
    return new ParameterSpec(name, true, false, MAX_LENGTH, ParameterSpec::hasNoControls);
  }

  /** A parameter that may be left out. */
  public static ParameterSpec optional(String name) {
    return new ParameterSpec(name, false, false, MAX_LENGTH, ParameterSpec::hasNoControls);
  }

  /** The same, and it may stand more than once. */
  public ParameterSpec repeatable() {
    return new ParameterSpec(name, isRequired, true, maxLength, grammar);
  }

  /** The same, long enough for an assertion (RFC 7521). */
  public ParameterSpec assertion() {
    return new ParameterSpec(name, isRequired, isRepeatable, MAX_ASSERTION_LENGTH, grammar);
  }

  /** The same with another grammar. */
  public ParameterSpec matching(Predicate<String> other) {
    return new ParameterSpec(name, isRequired, isRepeatable, maxLength, other);
  }

  /**
   * Text without control characters, of whichever script: VSCHAR of RFC 6749 appendix A and more.
   */
  public static boolean hasNoControls(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code *UNICODECHARNOCRLF} (RFC 6749 appendix A): a tab passes, other ASCII control characters,
   * lone surrogates and noncharacters do not.
   */
  public static boolean isUnicodeWithoutLineBreaks(String value) {
    return value.codePoints().allMatch(ParameterSpec::isUnicodeWithoutLineBreaks);
  }

  /** {@code %x09 / %x20-7E / %x80-D7FF / %xE000-FFFD / %x10000-10FFFF}. */
  private static boolean isUnicodeWithoutLineBreaks(int c) {
    return c == '\t'
        || (c >= 0x20 && c <= 0x7E)
        || (c >= 0x80 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
