package dev.postern.core;

import java.time.Duration;
import java.util.Optional;

/**
 * A refresh token that a {@link TokenStore} knows.
 *
 * @param clientId the client it was issued to
 * @param subject for whom
 * @param scope what was granted
 * @param life alive, or how it ended
 * @param expiresIn what is left of its life; zero when it is not alive
 * @param answer the sealed answer that took its place, while it may be retried: it was the last one
 *     before the current one, the current one was not used, and the grace has not passed
 * @param rotatedFrom who asked for the last rotation of its family; empty when there was none, it
 *     is not known, or the family is revoked
 */
public record StoredRefreshToken(
    String clientId,
    String subject,
    Scope scope,
    Life life,
    Duration expiresIn,
    Optional<SealedAnswer> answer,
    String rotatedFrom) {}
