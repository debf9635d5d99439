package dev.postern.core.testing;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Form;
import dev.postern.core.IdAndSecret;
import dev.postern.core.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Forms and headers as clients send them. */
public final class Forms {
  public static final AuthorizationHeader NO_HEADER = new AuthorizationHeader.Absent();

  private Forms() {}

  /** {@code grant_type=client_credentials} and these. */
  public static Form clientCredentials(String... more) {
    return grant("client_credentials", more);
  }

  /** {@code grant_type=refresh_token}, the token and these. */
  public static Form refresh(String token, String... more) {
    return grant("refresh_token", with(more, "refresh_token", token));
  }

  /** {@code grant_type=authorization_code}, the code and these. */
  public static Form code(String code, String... more) {
    return grant("authorization_code", with(more, "code", code));
  }

  /** {@code grant_type=password}, the user's name, the password and these. */
  public static Form password(String username, String password, String... more) {
    return grant("password", with(more, "username", username, "password", password));
  }

  public static Form grant(String type, String... more) {
    return Form.of(with(more, "grant_type", type));
  }

  /** A header with one reading: what clients send that encode, or need not. */
  public static AuthorizationHeader basic(String id, String secret) {
    return new AuthorizationHeader.Basic(List.of(idAndSecret(id, secret)));
  }

  /** A header with two readings: the form-decoded one and the raw one. */
  public static AuthorizationHeader basic(
      String decodedId, String decodedSecret, String rawId, String rawSecret) {
    return new AuthorizationHeader.Basic(
        List.of(idAndSecret(decodedId, decodedSecret), idAndSecret(rawId, rawSecret)));
  }

  private static IdAndSecret idAndSecret(String id, String secret) {
    return new IdAndSecret(id, Secret.of(secret));
  }

  /** The names and values of {@code first}, then those of {@code more}. */
  private static String[] with(String[] more, String... first) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }
}
