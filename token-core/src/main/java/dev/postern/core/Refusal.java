package dev.postern.core;

/**
 * A request was refused: a value, never an exception.
 *
 * @param reason which rule was broken
 * @param subject what it was broken with, in words of our own that the public may see: the name of
 *     a parameter we know, or the mechanisms that were used at once; empty when there is none.
 *     Never anything that the caller sent
 * @param detail more for the operator alone; empty when there is none. Never a credential
 */
public record Refusal(Reason reason, String subject, String detail) {

  public static Refusal of(Reason reason) {
    return new Refusal(reason, "", "");
  }

  /** A refusal that says which parameter it is about. */
  public static Refusal of(Reason reason, String subject) {
    return new Refusal(reason, subject, "");
  }

  /** The same, with {@code detail} for the operator. */
  public Refusal withDetail(String text) {
    return new Refusal(reason, subject, text);
  }

  /** The value of {@code error_description}: what the public is told. */
  public String description() {
    Reason face = reason.face();
    String told = face.label() + ": " + face.text();
    return subject.isEmpty() ? told : told + ": " + subject;
  }
}
