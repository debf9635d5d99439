import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.oltu.oauth2.as.issuer.OAuthIssuerImpl;
import org.apache.oltu.oauth2.as.issuer.ValueGenerator;
import org.apache.oltu.oauth2.as.request.OAuthTokenRequest;
import org.apache.oltu.oauth2.as.response.OAuthASResponse;
import org.apache.oltu.oauth2.common.error.OAuthError;
import org.apache.oltu.oauth2.common.exception.OAuthProblemException;
import org.apache.oltu.oauth2.common.exception.OAuthSystemException;
import org.apache.oltu.oauth2.common.message.OAuthResponse;

/**
 * A token endpoint as Apache Oltu's own examples have it, for client credentials. It compares ids
 * and secrets as they come over the wire with those in {@code WEB-INF/secrets.properties}, where a
 * client may have several, with spaces between.
 */
public final class LegacyTokenServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final Properties secrets = new Properties();

  @Override
  public void init() throws ServletException {
    try (InputStream file =
        getServletContext().getResourceAsStream("/WEB-INF/secrets.properties")) {
      secrets.load(file);
    } catch (IOException e) {
      throw new ServletException(e);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      OAuthResponse answer = answer(request);
      response.setStatus(answer.getResponseStatus());
      response.setContentType("application/json");
      response.getOutputStream().print(answer.getBody());
    } catch (OAuthSystemException e) {
      throw new ServletException(e);
    }
  }

  private OAuthResponse answer(HttpServletRequest request) throws OAuthSystemException {
    try {
      OAuthTokenRequest token = new OAuthTokenRequest(request);
      String secret = token.getClientSecret();
      String known = secrets.getProperty(String.valueOf(token.getClientId()), "");
      if (!Arrays.asList(known.split(" ")).contains(secret)) {
        return OAuthASResponse.errorResponse(HttpServletResponse.SC_UNAUTHORIZED)
            .setError(OAuthError.TokenResponse.INVALID_CLIENT)
            .buildJSONMessage();
      }
      return OAuthASResponse.tokenResponse(HttpServletResponse.SC_OK)
          .setAccessToken(new OAuthIssuerImpl(new RandomValues()).accessToken())
          .setTokenType("Bearer")
          .setExpiresIn("600")
          .buildJSONMessage();
    } catch (OAuthProblemException e) {
      return OAuthASResponse.errorResponse(HttpServletResponse.SC_BAD_REQUEST)
          .error(e)
          .buildJSONMessage();
    }
  }

  private static final class RandomValues implements ValueGenerator {
    private final SecureRandom random = new SecureRandom();

    @Override
    public String generateValue() {
      byte[] value = new byte[32];
      random.nextBytes(value);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    @Override
    public String generateValue(String parameter) {
      return generateValue();
    }
  }
}
