package dev.postern.core.client;

import dev.postern.core.Client;
import dev.postern.core.ClientAttempt;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.IdAndSecret;
import dev.postern.core.Outcome;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Parameters;
import dev.postern.core.ParsedRequest;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import java.util.List;
import java.util.Optional;

/** {@code client_secret_post}: id and secret in the body (RFC 6749 s2.3.1). */
public final class ClientSecretPost implements ClientAuthenticationMethod {

  public ClientSecretPost() {}

  @Override
  public String name() {
    return "client_secret_post";
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(); // the parser knows client_secret anyway
  }

  @Override
  public String mechanism() {
    return "client_secret";
  }

  @Override
  public boolean isUsedIn(ParsedRequest request) {
    return request.parameters().has("client_secret");
  }

  @Override
  public Outcome<Client> verify(ClientAttempt attempt) {
    Parameters parameters = attempt.request().parameters();
    Optional<String> id = parameters.find("client_id");
    if (id.isEmpty()) {
      return Outcome.refused(StandardReason.CLIENT_ID_MISSING);
    }
    Secret secret = Secret.of(parameters.require("client_secret"));
    return attempt.verify(List.of(new IdAndSecret(id.get(), secret)));
  }
}
