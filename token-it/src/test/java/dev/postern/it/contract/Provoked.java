package dev.postern.it.contract;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which numbers of the catalogue the tests of this JVM have provoked so far, over HTTP and in a
 * container. Thread-safe.
 */
final class Provoked {
  private static final Pattern REFUSED =
      Pattern.compile("refused number=TOK(\\d{4}) cause=\\w+ told=TOK(\\d{4}) .*");

  private static final Set<Integer> REFUSED_FOR = ConcurrentHashMap.newKeySet();
  private static final Set<Integer> OPENED = ConcurrentHashMap.newKeySet();
  private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

  private Provoked() {}

  /** Notes the refusals that these lines of a log tell of. */
  static void logged(List<String> lines) {
    for (String line : lines) {
      Matcher refused = REFUSED.matcher(line);
      if (refused.matches()) {
        REFUSED_FOR.add(Integer.valueOf(refused.group(1)));
        REFUSED_FOR.add(Integer.valueOf(refused.group(2)));
      }
    }
  }

  /** Notes that the page behind an {@code error_uri} was opened, in each language. */
  static void opened(int number) {
    OPENED.add(number);
  }

  /** Notes that the doctor told of this, in the log, on its page, and on one of its own. */
  static void found(int number) {
    FOUND.add(number);
  }

  /** The numbers for which something was refused, public and private ones. */
  static Set<Integer> refusedFor() {
    return Set.copyOf(REFUSED_FOR);
  }

  static Set<Integer> opened() {
    return Set.copyOf(OPENED);
  }

  static Set<Integer> found() {
    return Set.copyOf(FOUND);
  }
}
