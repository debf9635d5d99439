package dev.postern.core;

import java.util.Optional;

/**
 * Whose browser an authorization request came with.
 *
 * @param user who is logged in; empty when nobody is
 * @param isLoginFresh whether that user has logged in for this very request
 * @param answer what that user has answered on the page that asks for consent to this very request
 */
public record Visitor(Optional<String> user, boolean isLoginFresh, Answer answer) {

  /** A user's answer. */
  public enum Answer {
    /** Not asked, or not answered yet. */
    NONE,
    APPROVED,
    DENIED
  }

  /** Nobody is logged in. */
  public static final Visitor NOBODY = new Visitor(Optional.empty(), false, Answer.NONE);

  /** Somebody who was not asked anything yet. */
  public static Visitor of(String user) {
    return new Visitor(Optional.of(user), false, Answer.NONE);
  }

  /** The same user, who has logged in for this very request. */
  public Visitor freshly() {
    return new Visitor(user, true, answer);
  }

  /** The same user, who has answered. */
  public Visitor answering(Answer given) {
    return new Visitor(user, isLoginFresh, given);
  }
}
