/**
 * The token endpoint without HTTP: the model, the extension points, and the spine that a token
 * request takes.
 *
 * <h2>The way of a request</h2>
 *
 * <pre>
 * TokenRequest -> RequestParser -> ClientAuthenticator -> Grant -> TokenIssuance -> TokenResult
 *                 parse            authenticate           authorize  issue
 * </pre>
 *
 * {@link dev.postern.core.TokenEndpoint#handle} is the table of contents. Each step gives the next
 * a value that only it can make ({@link dev.postern.core.ParsedRequest}, {@link
 * dev.postern.core.AuthenticatedClient}, {@link dev.postern.core.AuthorizedGrant}), or a {@link
 * dev.postern.core.Refusal}: a value too, never an exception.
 *
 * <p>{@link dev.postern.core.IntrospectionEndpoint} and {@link dev.postern.core.RevocationEndpoint}
 * take the same first two steps.
 *
 * <h2>Extension points</h2>
 *
 * {@link dev.postern.core.ClientRegistry}, {@link dev.postern.core.ClientAuthenticationMethod},
 * {@link dev.postern.core.SecretVerifier}, {@link dev.postern.core.Grant}, {@link
 * dev.postern.core.TokenIssuer}, {@link dev.postern.core.TokenStore}, {@link
 * dev.postern.core.ConsentStore}, {@link dev.postern.core.TokenListener}. All are thread-safe by
 * contract.
 *
 * <h2>What this library does not do</h2>
 *
 * It knows no HTTP and no JSON, keeps no sessions, and asks no user for consent. It logs nothing
 * but what a database is short of. It does not log users in: the container does, or the
 * application.
 */
package dev.postern.core;
