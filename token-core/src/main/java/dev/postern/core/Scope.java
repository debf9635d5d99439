package dev.postern.core;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of scope-tokens (RFC 6749 s3.3), in the order in which they were named. Kept as the text it
 * is on the wire: stores hold many of them, and few are ever taken apart. Immutable.
 *
 * <p>Two scopes are equal when they hold the same tokens: "the order does not matter".
 */
public final class Scope {
  public static final Scope EMPTY = new Scope("");

  private final String text;

  private Scope(String text) {
    this.text = text;
  }

  /** {@code scope = scope-token *( SP scope-token )}; a token named twice counts once. */
  public static Outcome<Scope> parse(String text) {
    boolean isAtStart = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' ? isAtStart : !isTokenCharacter(c)) {
        return Outcome.refused(StandardReason.SCOPE_MALFORMED, "scope");
      }
      isAtStart = c == ' ';
    }
    return isAtStart
        ? Outcome.refused(StandardReason.SCOPE_MALFORMED, "scope")
        : Outcome.of(of(tokens(text)));
  }

  /** {@code scope-token = 1*( %x21 / %x23-5B / %x5D-7E )} (RFC 6749 appendix A.4). */
  private static boolean isTokenCharacter(char c) {
    return c == 0x21 || (c >= 0x23 && c <= 0x5B) || (c >= 0x5D && c <= 0x7E);
  }

  /** The scope that {@code text} names; empty text is the empty scope. */
  public static Scope of(String text) {
    return text.isEmpty()
        ? EMPTY
        : parse(text)
            .fold(
                scope -> scope,
                refusal -> {
                  throw new IllegalArgumentException("not a scope: " + text);
                });
  }

  private static Scope of(Set<String> tokens) {
    return tokens.isEmpty() ? EMPTY : new Scope(String.join(" ", tokens));
  }

  private static Set<String> tokens(String text) {
    return text.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(text.split(" ", -1)));
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Its scope-tokens, in the order in which they were named. */
  public List<String> tokens() {
    return List.copyOf(tokens(text));
  }

  public boolean contains(String token) {
    return tokens(text).contains(token);
  }

  public boolean containsAll(Scope other) {
    return text.equals(other.text) || tokens(text).containsAll(tokens(other.text));
  }

  /** What both have, in this one's order; this one itself when that is all of it. */
  public Scope within(Scope other) {
    if (other.containsAll(this)) {
      return this;
    }
    Set<String> common = new LinkedHashSet<>(tokens(text));
    common.retainAll(tokens(other.text));
    return of(common);
  }

  /** This one without the tokens of the other. */
  public Scope without(Scope other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    Set<String> rest = new LinkedHashSet<>(tokens(text));
    rest.removeAll(tokens(other.text));
    return of(rest);
  }

  /** This one with the tokens of the other after its own. */
  public Scope and(Scope other) {
    if (containsAll(other)) {
      return this;
    }
    Set<String> all = new LinkedHashSet<>(tokens(text));
    all.addAll(tokens(other.text));
    return of(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scope that
        && (text.equals(that.text) || tokens(text).equals(tokens(that.text)));
  }

  @Override
  public int hashCode() {
    return tokens(text).hashCode();
  }

  /** As it stands on the wire. */
  @Override
  public String toString() {
    return text;
  }
}
