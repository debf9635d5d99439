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
 * @param issuer who issued it, where that is configured
 */
public record IssuedCode(Secret code, String redirectUri, Optional<String> issuer) {

  /**
   * Where to send the browser: the redirect URI with the code, and with the {@code state} of the
   * authorization request, if it had one. "If the "state" parameter was present in the client
   * authorization request" it is "the exact value received from the client". The metadata promise
   * {@code iss}, so it goes along (RFC 9207 s2).
   */
  public String location(@Nullable String state) {
    return new ReturnAddress(
            redirectUri, Optional.ofNullable(state).filter(value -> !value.isEmpty()), issuer)
        .with(Map.of("code", code.reveal()));
  }
}
