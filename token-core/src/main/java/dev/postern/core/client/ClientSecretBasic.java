package dev.postern.core.client;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.ClientAttempt;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.Outcome;
import dev.postern.core.ParameterSpec;
import dev.postern.core.ParsedRequest;
import java.util.List;
import java.util.Optional;

/** {@code client_secret_basic}: id and secret in the {@code Authorization} header (s2.3.1). */
public final class ClientSecretBasic implements ClientAuthenticationMethod {

  public ClientSecretBasic() {}

  @Override
  public String name() {
    return "client_secret_basic";
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of();
  }

  @Override
  public String mechanism() {
    return "Authorization header";
  }

  @Override
  public Optional<String> scheme() {
    return Optional.of("Basic");
  }

  @Override
  public boolean isUsedIn(ParsedRequest request) {
    return request.authorization() instanceof AuthorizationHeader.Basic;
  }

  @Override
  public Outcome<Client> verify(ClientAttempt attempt) {
    return attempt.verify(
        ((AuthorizationHeader.Basic) attempt.request().authorization()).readings());
  }
}
