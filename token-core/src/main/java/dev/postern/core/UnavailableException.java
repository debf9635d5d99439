package dev.postern.core;

/**
 * Something that issuing needs is not to be had just now: the store, a key, the user directory, the
 * client registry. Extension points throw it; the endpoint answers with its reason and issues
 * nothing. The message goes to the operator's log: no credential may stand in it.
 */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /**
   * For {@code reason}, which says what is short: one of the 9xxx, or {@link
   * StandardReason#TOO_MANY_CODES}.
   */
  public UnavailableException(Reason reason, String message) {
    super(message);
    this.refusal = Refusal.of(reason).withDetail(message);
  }

  /** The same, because of {@code cause}. */
  public UnavailableException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.refusal = Refusal.of(reason).withDetail(message);
  }

  public Refusal refusal() {
    return refusal;
  }
}
