package dev.postern.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an application says when it asks for an authorization code: the parameters of the
 * authorization request (RFC 6749 s4.1.1, RFC 7636 s4.3) as they came from the browser, and the
 * user who logged in. Nothing of it is believed but the user. What is {@code null}, as {@code
 * getParameter} says of a parameter that was not sent, is left out. Immutable.
 */
public final class CodeRequest {
  private final String clientId;
  private final String subject;
  private final Optional<String> redirectUri;
  private final Optional<String> scope;
  private final Optional<String> challenge;
  private final Optional<String> challengeMethod;

  private CodeRequest(
      String clientId,
      String subject,
      Optional<String> redirectUri,
      Optional<String> scope,
      Optional<String> challenge,
      Optional<String> challengeMethod) {
    this.clientId = clientId;
    this.subject = subject;
    this.redirectUri = redirectUri;
    this.scope = scope;
    this.challenge = challenge;
    this.challengeMethod = challengeMethod;
  }

  /**
   * A code for {@code clientId} that acts for {@code subject}.
   *
   * @throws IllegalArgumentException when the subject is empty or holds control characters: the
   *     application knows its users
   */
  public static CodeRequest of(@Nullable String clientId, String subject) {
    if (subject.isEmpty() || !ParameterSpec.hasNoControls(subject)) {
      throw new IllegalArgumentException("subject has to be text without control characters");
    }
    return new CodeRequest(
        given(clientId).orElse(""),
        subject,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * With the {@code redirect_uri} of the authorization request. Left out, it is the only one that
   * the client has registered.
   */
  public CodeRequest redirectUri(@Nullable String uri) {
    return new CodeRequest(clientId, subject, given(uri), scope, challenge, challengeMethod);
  }

  /** With the {@code scope} that the user consented to. Left out, it is all the client has. */
  public CodeRequest scope(@Nullable String text) {
    return new CodeRequest(clientId, subject, redirectUri, given(text), challenge, challengeMethod);
  }

  /**
   * With the {@code code_challenge} and {@code code_challenge_method} of the authorization request.
   */
  public CodeRequest codeChallenge(@Nullable String value, @Nullable String method) {
    return new CodeRequest(clientId, subject, redirectUri, scope, given(value), given(method));
  }

  /**
   * "Parameters sent without a value MUST be treated as if they were omitted from the request" (RFC
   * 6749 s3.1).
   */
  private static Optional<String> given(@Nullable String value) {
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  String clientId() {
    return clientId;
  }

  String subject() {
    return subject;
  }

  Optional<String> redirectUri() {
    return redirectUri;
  }

  Optional<String> scope() {
    return scope;
  }

  Optional<String> challenge() {
    return challenge;
  }

  Optional<String> challengeMethod() {
    return challengeMethod;
  }

  @Override
  public String toString() {
    return "CodeRequest of client " + clientId;
  }
}
