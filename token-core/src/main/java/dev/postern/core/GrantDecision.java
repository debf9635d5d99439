package dev.postern.core;

import java.util.Optional;

/** What a {@link Grant} decided; nothing of it has happened yet. */
public sealed interface GrantDecision {

  /** Tokens may be issued. */
  record Authorize(AuthorizedGrant grant) implements GrantDecision {}

  /** The answer of a moment ago was lost on its way: it is given again, nothing is issued. */
  record Repeat(IssuedTokens tokens, String subject) implements GrantDecision {}

  /** Nothing is issued, and where the refusal gives away a theft, {@code revoked} is taken back. */
  record Refuse(Refusal refusal, Optional<Revocation> revoked) implements GrantDecision {}

  static GrantDecision authorize(AuthorizedGrant grant) {
    return new Authorize(grant);
  }

  static GrantDecision refuse(Refusal refusal) {
    return new Refuse(refusal, Optional.empty());
  }

  static GrantDecision refuse(Reason reason) {
    return refuse(Refusal.of(reason));
  }

  /** Refuses, and takes back all that came of what was presented. */
  static GrantDecision refuseAndRevoke(Refusal refusal, Revocation revoked) {
    return new Refuse(refusal, Optional.of(revoked));
  }
}
