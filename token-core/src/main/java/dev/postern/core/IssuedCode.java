package dev.postern.core;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authorization code for the application to hand out, and where to (RFC 6749 s4.1.2). Immutable;
 * the code prints as stars.
 *
 * @param code the code
 * @param redirectUri where the browser goes with it: the one that was asked for, or the client's
 *     only
 */
public record IssuedCode(Secret code, String redirectUri) {

  /**
   * Where to send the browser: the redirect URI with the code, and with the {@code state} of the
   * authorization request, if it had one. "If the "state" parameter was present in the client
   * authorization request" it is "the exact value received from the client".
   */
  public String location(@Nullable String state) {
    return new ReturnAddress(
            redirectUri,
            Optional.ofNullable(state).filter(value -> !value.isEmpty()),
            Optional.empty())
        .with(Map.of("code", code.reveal()));
  }
}
