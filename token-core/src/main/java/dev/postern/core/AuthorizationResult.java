package dev.postern.core;

import java.util.Map;
import java.util.Optional;

/** What an authorization request comes to. */
public sealed interface AuthorizationResult {

  /**
   * The browser goes back with a code.
   *
   * @param code the code
   * @param grant what it stands for
   * @param returnTo where to
   */
  record Granted(IssuedCode code, CodeGrant grant, ReturnAddress returnTo)
      implements AuthorizationResult {

    /** Where to send the browser. Holds the code: not for logs. */
    public String location() {
      return returnTo.with(Map.of("code", code.code().reveal()));
    }
  }

  /**
   * No code.
   *
   * @param refusal why
   * @param clientId as sent: escape it before it is shown; empty when it was not
   * @param returnTo where the client is told; empty where it may not be told by redirect: "the
   *     authorization server [...] MUST NOT automatically redirect the user-agent to the invalid
   *     redirection URI" (RFC 6749 s4.1.2.1). Then the user is told
   */
  record Refused(Refusal refusal, String clientId, Optional<ReturnAddress> returnTo)
      implements AuthorizationResult {}

  /**
   * The user has to log in first.
   *
   * @param again whether somebody is logged in already, and the client wants a new login
   * @param clientId who asks, as sent
   * @param returnTo where the client is told if that cannot be
   */
  record LoginFirst(boolean again, String clientId, ReturnAddress returnTo)
      implements AuthorizationResult {}

  /** The user has to be asked. */
  record AskConsent(AuthorizationRequest request) implements AuthorizationResult {}
}
