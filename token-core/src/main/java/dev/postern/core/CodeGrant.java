package dev.postern.core;

import java.util.Optional;

/**
 * What an authorization code stands for (RFC 6749 s4.1.2).
 *
 * @param clientId the client it was issued to
 * @param subject the user who consented
 * @param scope what the user consented to
 * @param redirectUri where it was sent
 * @param isRedirectUriRequired whether the authorization request named the redirect URI, so that
 *     the token request has to (RFC 6749 s4.1.3)
 * @param challenge the PKCE challenge, if there was one
 */
public record CodeGrant(
    String clientId,
    String subject,
    Scope scope,
    String redirectUri,
    boolean isRedirectUriRequired,
    Optional<CodeChallenge> challenge) {}
