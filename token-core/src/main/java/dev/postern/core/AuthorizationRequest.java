package dev.postern.core;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An authorization request (RFC 6749 s4.1.1) that is right in all that does not depend on the user.
 * Only {@link AuthorizationEndpoint} makes one. Immutable.
 */
public final class AuthorizationRequest {
  private final Client client;
  private final ReturnAddress returnTo;
  private final boolean isRedirectUriNamed;
  private final Scope scope;
  private final Optional<CodeChallenge> challenge;
  private final Prompt prompt;
  private final Map<String, String> parameters;

  AuthorizationRequest(
      Addressee addressee,
      Scope scope,
      Optional<CodeChallenge> challenge,
      Prompt prompt,
      Map<String, String> parameters) {
    this.client = addressee.client();
    this.returnTo = addressee.returnTo();
    this.isRedirectUriNamed = addressee.isRedirectUriNamed();
    this.scope = scope;
    this.challenge = challenge;
    this.prompt = prompt;
    this.parameters = parameters;
  }

  /** Who asks, and where the answer goes: from here on refusals may be told by redirect. */
  record Addressee(Client client, ReturnAddress returnTo, boolean isRedirectUriNamed) {}

  /** Who asks. */
  public Client client() {
    return client;
  }

  /** Where the answer goes. */
  public ReturnAddress returnTo() {
    return returnTo;
  }

  /** What is asked for; may be empty. */
  public Scope scope() {
    return scope;
  }

  Prompt prompt() {
    return prompt;
  }

  /** The parameters that we know, as they were sent, in an order of ours. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /**
   * Whether it is certain that the answer reaches this client and nobody else. An app that is known
   * by its id alone, and takes the answer on loopback or by a scheme of its own, may be any app:
   * "authorization servers SHOULD NOT process authorization requests automatically without user
   * consent or interaction, except when the identity of the client can be assured" (RFC 8252 s8.6).
   */
  public boolean isClientAssured() {
    return !client.isPublic()
        || returnTo.redirectUri().toLowerCase(Locale.ROOT).startsWith("https:");
  }

  CodeGrant grantTo(String subject) {
    return new CodeGrant(
        client.id(), subject, scope, returnTo.redirectUri(), isRedirectUriNamed, challenge);
  }

  @Override
  public String toString() {
    return "AuthorizationRequest of client " + client.id();
  }
}
