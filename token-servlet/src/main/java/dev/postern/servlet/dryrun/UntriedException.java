package dev.postern.servlet.dryrun;

/** What was pasted cannot be tried, for a reason that the pages have a text for. */
final class UntriedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * The reason.
   *
   * @param text the name of its text
   */
  UntriedException(String text) {
    super(text);
  }

  /** The name of the text that says why nothing came of {@code thrown} but this. */
  static String text(IllegalArgumentException thrown) {
    return thrown instanceof UntriedException
        ? String.valueOf(thrown.getMessage())
        : "dry.unreadable";
  }
}
