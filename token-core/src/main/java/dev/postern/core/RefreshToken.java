package dev.postern.core;

import java.util.Optional;

/**
 * A refresh token: 128 bits that stay the same through all rotations of its family, and 256 bits
 * that are new with each. A store so finds the family of any token it ever had, and keeps one row a
 * family instead of one a rotation. Prints as stars. Immutable.
 */
public final class RefreshToken {
  private static final int FAMILY_OCTETS = 16;
  private static final int FAMILY_CHARACTERS = 22;
  private static final int CHARACTERS = FAMILY_CHARACTERS + 43;

  private final String text;

  private RefreshToken(String text) {
    this.text = text;
  }

  /** The first token of a new family. */
  static RefreshToken first(RandomTokens random) {
    return new RefreshToken(random.text(FAMILY_OCTETS) + random.next().reveal());
  }

  /** What was presented, if it has the form of a refresh token of ours. */
  public static Optional<RefreshToken> parse(String presented) {
    return presented.length() == CHARACTERS
        ? Optional.of(new RefreshToken(presented))
        : Optional.empty();
  }

  /** The token that takes this one's place. */
  RefreshToken next(RandomTokens random) {
    return new RefreshToken(text.substring(0, FAMILY_CHARACTERS) + random.next().reveal());
  }

  public Secret value() {
    return Secret.of(text);
  }

  /** By what a store finds the family. */
  public TokenHash familyHash() {
    return TokenHash.of(Secret.of(text.substring(0, FAMILY_CHARACTERS)));
  }

  /** By what a store tells this token from the others of its family. */
  public TokenHash hash() {
    return TokenHash.of(value());
  }

  @Override
  public String toString() {
    return "***";
  }
}
