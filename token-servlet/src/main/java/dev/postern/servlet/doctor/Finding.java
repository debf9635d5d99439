package dev.postern.servlet.doctor;

/**
 * Something that the doctor found.
 *
 * @param kind what it is
 * @param detail about what, in names of this deployment; no credential, and escaped where it came
 *     from a request
 */
public record Finding(FindingKind kind, String detail) {

  /** As it is logged. */
  public String line() {
    return kind.label() + " " + kind.name() + ": " + detail;
  }
}
