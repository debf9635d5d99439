package dev.postern.servlet.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** UTF-8 that is refused rather than repaired. */
public final class Utf8 {
  private Utf8() {}

  /** The text, if these octets are well-formed UTF-8. */
  public static Optional<String> decode(byte[] octets, int offset, int length) {
    if (isAscii(octets, offset, length)) {
      return Optional.of(new String(octets, offset, length, StandardCharsets.ISO_8859_1));
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(octets, offset, length))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isAscii(byte[] octets, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (octets[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
