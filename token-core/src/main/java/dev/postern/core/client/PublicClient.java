package dev.postern.core.client;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.ClientAttempt;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.Outcome;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Parameters;
import dev.postern.core.ParsedRequest;
import dev.postern.core.StandardReason;
import java.util.List;
import java.util.Optional;

/** {@code none}: a public client names itself in {@code client_id} (RFC 6749 s3.2.1). */
public final class PublicClient implements ClientAuthenticationMethod {

  public PublicClient() {}

  @Override
  public String name() {
    return Client.PUBLIC;
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of();
  }

  @Override
  public String mechanism() {
    return "client_id";
  }

  @Override
  public boolean isUsedIn(ParsedRequest request) {
    Parameters parameters = request.parameters();
    return request.authorization() instanceof AuthorizationHeader.Absent
        && parameters.has("client_id")
        && !parameters.has("client_secret")
        && !parameters.has("client_assertion")
        && !parameters.has("client_assertion_type");
  }

  @Override
  public Outcome<Client> verify(ClientAttempt attempt) {
    Optional<Client> found =
        attempt.request().parameters().find("client_id").flatMap(attempt::find);
    if (found.isEmpty()) {
      return Outcome.refused(StandardReason.CLIENT_UNKNOWN);
    }
    return found.get().isPublic()
        ? Outcome.of(found.get())
        : Outcome.refused(StandardReason.CREDENTIALS_REQUIRED);
  }
}
