package dev.postern.core;

import java.util.Optional;

/** White space at either end of a value, as it comes of files, shells and clipboards. */
public final class WhiteSpace {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char ZERO_WIDTH_SPACE = '\u200B';

  private WhiteSpace() {}

  /** At which end of a text there is a line break, in words for the operator; empty: at neither. */
  public static Optional<String> lineBreak(String text) {
    if (text.endsWith("\n") || text.endsWith("\r")) {
      return Optional.of("a line break at the end");
    }
    return text.startsWith("\n") || text.startsWith("\r")
        ? Optional.of("a line break at the beginning")
        : Optional.empty();
  }

  /** The text without white space at its ends. */
  static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isWhite(text.charAt(start))) {
      start++;
    }
    while (end > start && isWhite(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** At which end of a text there is white space. */
  static String place(String text) {
    boolean isAtStart = !text.isEmpty() && isWhite(text.charAt(0));
    boolean isAtEnd = !text.isEmpty() && isWhite(text.charAt(text.length() - 1));
    if (isAtStart && isAtEnd) {
      return "at both ends";
    }
    return isAtStart ? "at the beginning" : "at the end";
  }

  private static boolean isWhite(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == BYTE_ORDER_MARK
        || c == ZERO_WIDTH_SPACE;
  }
}
