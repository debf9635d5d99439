package dev.postern.core;

import java.time.Duration;

/**
 * A token that is good now, as {@link IntrospectionEndpoint} tells it (RFC 7662 s2.2).
 *
 * @param clientId the client it was issued to
 * @param subject for whom; the client's id when it acts for itself
 * @param scope what it allows
 * @param isRefreshToken whether it is a refresh token: no protected resource may take one
 * @param expiresIn what is left of its life
 */
public record ActiveToken(
    String clientId, String subject, Scope scope, boolean isRefreshToken, Duration expiresIn) {}
