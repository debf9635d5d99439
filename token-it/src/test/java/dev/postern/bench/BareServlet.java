package dev.postern.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a token request costs where nothing is checked: reads the form by {@code getParameter},
 * hashes once, draws 32 octets, writes the same answer as Postern.
 */
public final class BareServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient SecureRandom random = new SecureRandom();
  private final transient MessageDigest digest = sha256();

  public BareServlet() {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String grantType = request.getParameter("grant_type");
    String scope = request.getParameter("scope");
    String credentials = request.getHeader("Authorization");
    byte[] hash = hash(credentials);
    if (grantType == null || scope == null || hash.length != 32) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    byte[] chance = new byte[32];
    random.nextBytes(chance);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
    String json =
        "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":600}";
    byte[] octets = json.getBytes(StandardCharsets.UTF_8);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Pragma", "no-cache");
    response.setContentType("application/json");
    response.setContentLength(octets.length);
    response.getOutputStream().write(octets);
  }

  private byte[] hash(String text) {
    try {
      return ((MessageDigest) digest.clone()).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
