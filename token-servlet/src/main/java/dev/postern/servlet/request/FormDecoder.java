package dev.postern.servlet.request;

import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.StandardReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes {@code application/x-www-form-urlencoded} (RFC 6749 appendix B): pairs between {@code &},
 * percent escapes with two hex digits, UTF-8, no NUL. What is not that is refused, not guessed.
 */
public final class FormDecoder {
  /** Counted before anything is kept of them. */
  static final int MAX_PARAMETERS = 64;

  private FormDecoder() {}

  /** The form that the first {@code length} octets are. */
  public static Outcome<Form> decode(byte[] octets, int length) {
    if (count(octets, length) > MAX_PARAMETERS) {
      return Outcome.refused(StandardReason.TOO_MANY_PARAMETERS);
    }
    Form.Builder form = Form.builder();
    byte[] scratch = new byte[length];
    int start = 0;
    while (start < length) {
      int end = indexOf('&', octets, start, length);
      if (end > start) {
        int equals = indexOf('=', octets, start, end);
        Outcome<String> name = decode(octets, start, equals, scratch);
        Outcome<String> value = decode(octets, Math.min(equals + 1, end), end, scratch);
        if (name instanceof Outcome.Passed<String> n && value instanceof Outcome.Passed<String> v) {
          form.add(n.value(), v.value());
        } else {
          return name.then(unused -> value).then(unused -> Outcome.of(form.build()));
        }
      }
      start = end + 1;
    }
    return Outcome.of(form.build());
  }

  /** The text that a single encoded name or value stands for. */
  public static Outcome<String> decode(String encoded) {
    byte[] octets = encoded.getBytes(StandardCharsets.UTF_8);
    return decode(octets, 0, octets.length, new byte[octets.length]);
  }

  private static Outcome<String> decode(byte[] octets, int start, int end, byte[] scratch) {
    int size = 0;
    for (int i = start; i < end; i++) {
      int octet = octets[i];
      if (octet == '+') {
        octet = ' ';
      } else if (octet == '%') {
        octet = i + 2 < end ? escaped(octets[i + 1], octets[i + 2]) : -1;
        if (octet < 0) {
          return Outcome.refused(StandardReason.PERCENT_ENCODING_INVALID);
        }
        i += 2;
      }
      if (octet == 0) {
        return Outcome.refused(StandardReason.NUL_CHARACTER);
      }
      scratch[size++] = (byte) octet;
    }
    Optional<String> text = Utf8.decode(scratch, 0, size);
    return text.isPresent() ? Outcome.of(text.get()) : Outcome.refused(StandardReason.UTF8_INVALID);
  }

  /** The octet that two hex digits stand for; negative if they are none. */
  private static int escaped(byte high, byte low) {
    int value = Character.digit(high, 16);
    int rest = Character.digit(low, 16);
    return value < 0 || rest < 0 ? -1 : 16 * value + rest;
  }

  private static int count(byte[] octets, int length) {
    int pairs = 0;
    boolean isInPair = false;
    for (int i = 0; i < length; i++) {
      boolean isSeparator = octets[i] == '&';
      if (!isSeparator && !isInPair) {
        pairs++;
      }
      isInPair = !isSeparator;
    }
    return pairs;
  }

  private static int indexOf(char c, byte[] octets, int start, int end) {
    int i = start;
    while (i < end && octets[i] != c) {
      i++;
    }
    return i;
  }
}
