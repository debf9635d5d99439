package dev.postern.core;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In what a redirect URI differs from the right one, in words for the operator: nothing is ever
 * decided by it, "their values MUST be identical" (RFC 6749 s4.1.3). Repeats nothing of either.
 */
public final class UriDifference {
  /** RFC 3986 appendix B. */
  private static final Pattern URI =
      Pattern.compile("([^:/?#]+):(?://([^/?#]*))?([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);

  private static final Pattern AUTHORITY = Pattern.compile("(.*?)(?::([0-9]*))?", Pattern.DOTALL);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final String SLASH = "a slash at the end";
  private static final String CASE = "upper and lower case";
  private static final String ENCODING = "percent-encoding";

  private UriDifference() {}

  /** What the two differ in; empty when they are the same, or are not near each other. */
  public static Optional<String> inWords(String right, String sent) {
    if (right.equals(sent)) {
      return Optional.empty();
    }
    Set<String> words = new TreeSet<>();
    String text = WhiteSpace.trimmed(sent);
    if (!text.equals(sent)) {
      words.add("white space at the ends");
    }
    if (!URI.matcher(text).matches()) {
      text = decoded(text);
      words.add(ENCODING);
    }
    Matcher one = URI.matcher(right);
    Matcher other = URI.matcher(text);
    boolean isNear = one.matches() && other.matches() && areNear(one, other, words);
    return isNear ? Optional.of("differs only in " + String.join(", ", words)) : Optional.empty();
  }

  private static boolean areNear(Matcher one, Matcher other, Set<String> words) {
    scheme(group(one, 1), group(other, 1), words);
    return areNearAuthorities(group(one, 2), group(other, 2), words)
        && areNear(group(one, 3), group(other, 3), List.of(SLASH, ENCODING, CASE), words)
        && areNear(group(one, 4), group(other, 4), List.of(ENCODING, CASE), words)
        && areNear(group(one, 5), group(other, 5), List.of(ENCODING, CASE), words);
  }

  private static void scheme(String one, String other, Set<String> words) {
    if (!one.equals(other)) {
      words.add(one.equalsIgnoreCase(other) ? CASE : "the scheme");
    }
  }

  private static boolean areNearAuthorities(String one, String other, Set<String> words) {
    Matcher first = AUTHORITY.matcher(one);
    Matcher second = AUTHORITY.matcher(other);
    if (!first.matches() || !second.matches()) {
      return false;
    }
    if (!group(first, 2).equals(group(second, 2))) {
      words.add("the port");
    }
    if (isThisMachine(group(first, 1))
        && isThisMachine(group(second, 1))
        && !group(first, 1).equalsIgnoreCase(group(second, 1))) {
      words.add("localhost by name or by number");
      return true;
    }
    return areNear(group(first, 1), group(second, 1), List.of(CASE), words);
  }

  private static boolean isThisMachine(String host) {
    return THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether both are the same but for some of {@code kinds}, as few as will do, which are noted.
   */
  private static boolean areNear(String one, String other, List<String> kinds, Set<String> words) {
    List<Set<String>> choices = new ArrayList<>(List.of(Set.of()));
    for (String kind : kinds) {
      for (Set<String> choice : List.copyOf(choices)) {
        Set<String> more = new TreeSet<>(choice);
        more.add(kind);
        choices.add(more);
      }
    }
    choices.sort((a, b) -> Integer.compare(a.size(), b.size()));
    for (Set<String> choice : choices) {
      if (without(choice, one).equals(without(choice, other))) {
        words.addAll(choice);
        return true;
      }
    }
    return false;
  }

  private static String without(Set<String> kinds, String text) {
    UnaryOperator<String> decode = kinds.contains(ENCODING) ? UriDifference::decoded : s -> s;
    String plain = decode.apply(text);
    if (kinds.contains(SLASH) && plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return kinds.contains(CASE) ? plain.toLowerCase(Locale.ROOT) : plain;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String group(Matcher matcher, int index) {
    String group = matcher.group(index);
    return group == null ? "" : group;
  }
}
