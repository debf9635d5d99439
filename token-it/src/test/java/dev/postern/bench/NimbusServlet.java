package dev.postern.bench;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.JakartaServletUtils;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A token endpoint as one would write it with the Nimbus OAuth 2.0 SDK: the SDK reads and writes
 * HTTP, draws the token and knows the errors; the one client, the scopes and the store are its own.
 */
public final class NimbusServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final long LIFETIME_SECONDS = 600;
  private static final byte[] SECRET_HASH = sha256(BenchClient.SECRET);
  private static final Scope REGISTERED = Scope.parse(BenchClient.SCOPE);

  private final transient Map<ByteBuffer, Issued> tokens = new ConcurrentHashMap<>();
  // All live equally long, so the next to expire is always the eldest.
  private final transient Queue<Issued> byAge = new ConcurrentLinkedQueue<>();

  public NimbusServlet() {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TokenResponse answer = answer(JakartaServletUtils.createHTTPRequest(request));
    JakartaServletUtils.applyHTTPResponse(answer.toHTTPResponse(), response);
  }

  private TokenResponse answer(HTTPRequest http) {
    try {
      TokenRequest request = TokenRequest.parse(http);
      String client = authenticate(request.getClientAuthentication());
      if (!request.getAuthorizationGrant().getType().equals(GrantType.CLIENT_CREDENTIALS)) {
        throw new GeneralException(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
      }
      return new AccessTokenResponse(new Tokens(issue(client, scope(request.getScope())), null));
    } catch (GeneralException e) {
      ErrorObject error = e.getErrorObject();
      return new TokenErrorResponse(error == null ? OAuth2Error.INVALID_REQUEST : error);
    }
  }

  private static String authenticate(ClientAuthentication authentication) throws GeneralException {
    if (authentication instanceof ClientSecretBasic basic
        && basic.getClientID().getValue().equals(BenchClient.ID)
        && MessageDigest.isEqual(basic.getClientSecret().getSHA256(), SECRET_HASH)) {
      return BenchClient.ID;
    }
    throw new GeneralException(OAuth2Error.INVALID_CLIENT);
  }

  private static Scope scope(Scope requested) throws GeneralException {
    if (requested == null) {
      return REGISTERED;
    }
    if (!REGISTERED.containsAll(requested)) {
      throw new GeneralException(OAuth2Error.INVALID_SCOPE);
    }
    return requested;
  }

  private AccessToken issue(String client, Scope scope) {
    long now = System.currentTimeMillis();
    AccessToken token = new BearerAccessToken(LIFETIME_SECONDS, scope);
    ByteBuffer hash = ByteBuffer.wrap(sha256(token.getValue()));
    Issued issued = new Issued(hash, client, scope.toString(), now + LIFETIME_SECONDS * 1_000);
    tokens.put(hash, issued);
    byAge.add(issued);
    removeExpired(now);
    return token;
  }

  /** Two at most for each that is put in, so that nobody waits for a large cleaning. */
  private void removeExpired(long now) {
    for (int i = 0; i < 2; i++) {
      Issued eldest = byAge.peek();
      if (eldest == null || eldest.expiry() > now) {
        return;
      }
      byAge.remove(eldest);
      tokens.remove(eldest.hash());
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Issued(ByteBuffer hash, String client, String scope, long expiry) {}
}
