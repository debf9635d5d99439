package dev.postern.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a scope that was asked for is not allowed, where more can be said of it: it is another one in
 * other letters, or several with commas between them, or other clients have it. Looked for only
 * after a refusal. Never repeats a word that no client is registered with: it may be a secret that
 * got into the wrong parameter.
 */
final class ScopeNearMiss {
  private ScopeNearMiss() {}

  /**
   * The same refusal, or a nearer one with the same public face.
   *
   * @param refusal left alone unless it is {@link StandardReason#SCOPE_NOT_ALLOWED}
   * @param asked what was asked for
   */
  static Refusal explained(
      Refusal refusal, Optional<Scope> asked, Client client, ClientRegistry clients) {
    if (refusal.reason() != StandardReason.SCOPE_NOT_ALLOWED || asked.isEmpty()) {
      return refusal;
    }
    List<String> refused = asked.get().without(client.ignoredScope()).tokens();
    Optional<String> meant =
        refused.stream().flatMap(token -> inOtherCase(token, client).stream()).findFirst();
    if (meant.isPresent()) {
      return new Refusal(
          StandardReason.SCOPE_IN_OTHER_CASE, refusal.subject(), "the client has " + meant.get());
    }
    Optional<String> ofOther =
        refused.stream().filter(token -> isOfOther(token, client, clients)).findFirst();
    if (ofOther.isPresent()) {
      return new Refusal(
          StandardReason.SCOPE_OF_OTHER_CLIENT,
          refusal.subject(),
          "other clients have " + ofOther.get());
    }
    for (String token : refused) {
      List<String> parts = List.of(token.split(","));
      if (token.contains(",") && client.scope().tokens().containsAll(parts)) {
        return refusal.withDetail("commas where spaces belong: " + token);
      }
    }
    return client.scope().containsAll(asked.get())
        ? refusal.withDetail("the client has it, but it was not granted")
        : refusal;
  }

  private static Optional<String> inOtherCase(String token, Client client) {
    if (client.scope().contains(token)) {
      return Optional.empty();
    }
    String folded = token.toLowerCase(Locale.ROOT);
    return client.scope().tokens().stream()
        .filter(own -> own.toLowerCase(Locale.ROOT).equals(folded))
        .findFirst();
  }

  private static boolean isOfOther(String token, Client client, ClientRegistry clients) {
    try {
      return !client.scope().contains(token) && clients.isScopeRegistered(token);
    } catch (UnavailableException e) {
      return false; // The refusal stands; there is only less to be said of it.
    }
  }
}
