package dev.postern.core;

import java.time.Duration;

/**
 * A live access token, as {@link AuthorizationServer#find} tells it to the application.
 *
 * @param clientId the client it was issued to
 * @param subject for whom; the client's id when it acts for itself
 * @param scope what it allows
 * @param expiresIn what is left of its life
 */
public record StoredAccessToken(String clientId, String subject, Scope scope, Duration expiresIn) {}
