import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.oltu.oauth2.as.issuer.MD5Generator;
import org.apache.oltu.oauth2.as.issuer.OAuthIssuerImpl;
import org.apache.oltu.oauth2.as.request.OAuthTokenRequest;
import org.apache.oltu.oauth2.as.response.OAuthASResponse;
import org.apache.oltu.oauth2.common.error.OAuthError;
import org.apache.oltu.oauth2.common.exception.OAuthProblemException;
import org.apache.oltu.oauth2.common.exception.OAuthSystemException;
import org.apache.oltu.oauth2.common.message.OAuthResponse;

/** A token endpoint as Apache Oltu's own examples have it, for client credentials. */
public final class LegacyTokenServlet extends HttpServlet {
  private static final Map<String, String> SECRETS =
      Collections.singletonMap("batch", "kX7-of-the-legacy-endpoint-0043");

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      OAuthResponse answer = answer(request);
      response.setStatus(answer.getResponseStatus());
      response.setContentType("application/json");
      response.getWriter().print(answer.getBody());
    } catch (OAuthSystemException e) {
      throw new ServletException(e);
    }
  }

  private static OAuthResponse answer(HttpServletRequest request) throws OAuthSystemException {
    try {
      OAuthTokenRequest token = new OAuthTokenRequest(request);
      String secret = token.getClientSecret();
      if (secret == null || !secret.equals(SECRETS.get(token.getClientId()))) {
        return OAuthASResponse.errorResponse(HttpServletResponse.SC_UNAUTHORIZED)
            .setError(OAuthError.TokenResponse.INVALID_CLIENT)
            .buildJSONMessage();
      }
      return OAuthASResponse.tokenResponse(HttpServletResponse.SC_OK)
          .setAccessToken(new OAuthIssuerImpl(new MD5Generator()).accessToken())
          .setTokenType("Bearer")
          .setExpiresIn("3600")
          .buildJSONMessage();
    } catch (OAuthProblemException e) {
      return OAuthASResponse.errorResponse(HttpServletResponse.SC_BAD_REQUEST)
          .error(e)
          .buildJSONMessage();
    }
  }
}
