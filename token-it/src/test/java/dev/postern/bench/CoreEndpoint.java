package dev.postern.bench;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.AuthorizationServer;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.ClientAuthenticator;
import dev.postern.core.CodeRequest;
import dev.postern.core.CodeRules;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Form;
import dev.postern.core.Grant;
import dev.postern.core.IssuedCode;
import dev.postern.core.Lifetimes;
import dev.postern.core.OpaqueTokens;
import dev.postern.core.RandomTokens;
import dev.postern.core.RequestParser;
import dev.postern.core.ResourceOwners;
import dev.postern.core.Secret;
import dev.postern.core.TokenEndpoint;
import dev.postern.core.TokenRequest;
import dev.postern.core.TokenResult;
import dev.postern.core.client.ClientSecretBasic;
import dev.postern.core.client.ClientSecretPost;
import dev.postern.core.client.PublicClient;
import dev.postern.core.grant.AuthorizationCodeGrant;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.grant.RefreshTokenGrant;
import dev.postern.core.memory.MemoryClients;
import dev.postern.core.memory.MemoryConsents;
import dev.postern.core.memory.MemoryStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Core as the filter puts it together, without HTTP. Its time goes on by 10 ms a request and its
 * tokens live a minute, so that what it holds soon stays the same and cleaning is part of what is
 * measured. Used by one thread.
 */
final class CoreEndpoint {
  // RFC 7636 appendix B.
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static final Duration SHORT = Duration.ofMinutes(2);

  private static final Form CLIENT_CREDENTIALS =
      Form.of("grant_type", "client_credentials", "scope", BenchClient.SCOPE);

  private final TickingClock clock = new TickingClock(Duration.ofMillis(10));
  private final TokenEndpoint endpoint;
  private final AuthorizationServer server;
  private final AuthorizationHeader right = BenchClient.header(BenchClient.SECRET);
  private final AuthorizationHeader wrong = BenchClient.header(BenchClient.WRONG_SECRET);

  CoreEndpoint() {
    this(SHORT);
  }

  /** An endpoint whose refresh tokens live so long. */
  CoreEndpoint(Duration refreshLifetime) {
    Lifetimes lifetimes =
        new Lifetimes(
            Duration.ofMinutes(1),
            refreshLifetime,
            refreshLifetime,
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));
    RandomTokens random = new RandomTokens(new SecureRandom());
    MemoryStore store = new MemoryStore(clock, 1_000_000);
    MemoryClients clients = new MemoryClients(List.of(BenchClient.registration()), 1);
    List<ClientAuthenticationMethod> methods =
        List.of(new ClientSecretBasic(), new ClientSecretPost(), new PublicClient());
    List<Grant> grants =
        List.of(
            new ClientCredentialsGrant(),
            new AuthorizationCodeGrant(store),
            new RefreshTokenGrant(store));
    // So high that a wrong secret is refused as what it is, however many there are.
    FailureLimiter failures = new FailureLimiter(60_000, clock, 1);
    this.endpoint =
        new TokenEndpoint(
            new ClientAuthenticator(methods, clients, failures, clock),
            new RequestParser(grants, methods),
            grants,
            new OpaqueTokens(random),
            store,
            random,
            lifetimes);
    this.server =
        new AuthorizationServer(
            new CodeRules(clients, false),
            store,
            new MemoryConsents(100),
            random,
            lifetimes,
            Optional.empty());
  }

  /** {@code client_credentials} with the right secret. */
  TokenResult issue() {
    return handle(right, CLIENT_CREDENTIALS);
  }

  /** The same with a wrong secret. */
  TokenResult refuse() {
    return handle(wrong, CLIENT_CREDENTIALS);
  }

  /** A code with a PKCE challenge, as the application asks for one. */
  Secret issueCode() {
    clock.tick();
    return server
        .issueCode(
            CodeRequest.of(BenchClient.ID, "alice")
                .redirectUri(BenchClient.REDIRECT_URI)
                .codeChallenge(CHALLENGE, "S256"))
        .fold(
            IssuedCode::code,
            refusal -> {
              throw new IllegalStateException(refusal.toString());
            });
  }

  /** Redeems a code. */
  TokenResult redeem(Secret code) {
    return handle(
        right,
        Form.of(
            "grant_type",
            "authorization_code",
            "code",
            code.reveal(),
            "redirect_uri",
            BenchClient.REDIRECT_URI,
            "code_verifier",
            VERIFIER));
  }

  /** Refreshes. */
  TokenResult refresh(Secret refreshToken) {
    return handle(
        right, Form.of("grant_type", "refresh_token", "refresh_token", refreshToken.reveal()));
  }

  /** The refresh token of an answer. */
  static Secret refreshTokenOf(TokenResult result) {
    return ((TokenResult.Issued) result).tokens().refreshToken().orElseThrow();
  }

  private TokenResult handle(AuthorizationHeader header, Form form) {
    clock.tick();
    return endpoint.handle(new TokenRequest(header, form, "192.0.2.1", ResourceOwners.none()));
  }
}
