package dev.postern.core;

/**
 * Why a request was refused. One constant is one rule: {@link StandardReason} holds ours, a {@link
 * Grant} or a {@link ClientAuthenticationMethod} of an application may bring its own.
 *
 * <p>A reason has one or two faces. Most are told as they are. What would tell an attacker
 * something (whether a client exists, whether a code was ever issued) has a {@linkplain #face()
 * public face} that it shares with others, and only the operator sees which it was.
 *
 * <p>Implementations are immutable.
 */
public interface Reason {
  /**
   * The stable number; it never changes its meaning. 1000 to 1999 stands for {@code
   * invalid_request}, 2000 for {@code invalid_client}, 3000 for {@code invalid_grant}, 4000 for
   * {@code unauthorized_client}, 5000 for {@code unsupported_grant_type}, 6000 for {@code
   * invalid_scope}, 7000 for the authorization endpoint, 8000 for the others beside the token
   * endpoint, 9000 for a failed issuance; from 20000 on they are for applications.
   */
  int number();

  /** The constant's name, for the operator: upper snake case. */
  String name();

  /** The value of {@code error} on the wire. */
  ErrorCode code();

  /** The check that failed. */
  Check check();

  /** The section that has the rule, for instance {@code RFC 6749 s5.2}. */
  String section();

  /**
   * What is said of it, in characters that {@code error_description} may hold (RFC 6749 s5.2:
   * {@code %x20-21 / %x23-5B / %x5D-7E}).
   */
  String text();

  /** What the public is told instead; this reason itself where there is nothing to hide. */
  default Reason face() {
    return this;
  }

  /** The number as it stands in descriptions, log lines and the documentation. */
  default String label() {
    return "TOK" + number();
  }
}
