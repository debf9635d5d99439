package dev.postern.core;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A set of scope-tokens (RFC 6749 s3.3), in the order in which they were named. Immutable.
 *
 * <p>Two scopes are equal when they hold the same tokens: "the order does not matter".
 */
public final class Scope {
  public static final Scope EMPTY = new Scope(Set.of(), "");

  private final Set<String> tokens;
  private final String text;

  private Scope(Set<String> tokens, String text) {
    this.tokens = tokens;
    this.text = text;
  }

  /** {@code scope = scope-token *( SP scope-token )}; a token named twice counts once. */
  public static Outcome<Scope> parse(String text) {
    Set<String> tokens = new LinkedHashSet<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ' ') {
        if (i == start) {
          return Outcome.refused(StandardReason.SCOPE_MALFORMED, "scope");
        }
        tokens.add(text.substring(start, i));
        start = i + 1;
      } else if (!isTokenCharacter(text.charAt(i))) {
        return Outcome.refused(StandardReason.SCOPE_MALFORMED, "scope");
      }
    }
    return Outcome.of(of(tokens));
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

  private static Scope of(Collection<String> tokens) {
    return tokens.isEmpty()
        ? EMPTY
        : new Scope(new LinkedHashSet<>(tokens), String.join(" ", tokens));
  }

  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  public boolean contains(String token) {
    return tokens.contains(token);
  }

  public boolean containsAll(Scope other) {
    return tokens.containsAll(other.tokens);
  }

  /** What both have, in this one's order; this one itself when that is all of it. */
  public Scope within(Scope other) {
    if (other.containsAll(this)) {
      return this;
    }
    Set<String> common = new LinkedHashSet<>(tokens);
    common.retainAll(other.tokens);
    return of(common);
  }

  /** This one without the tokens of the other. */
  public Scope without(Scope other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    Set<String> rest = new LinkedHashSet<>(tokens);
    rest.removeAll(other.tokens);
    return of(rest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scope that && tokens.equals(that.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  /** As it stands on the wire. */
  @Override
  public String toString() {
    return text;
  }
}
