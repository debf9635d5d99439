package dev.postern.it.app;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.ClientAttempt;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.Outcome;
import dev.postern.core.ParameterSpec;
import dev.postern.core.ParsedRequest;
import dev.postern.core.StandardReason;
import java.util.List;
import java.util.Optional;

/** A client authentication method of an application's own: {@code Authorization: Badge ID/PIN}. */
public final class BadgeMethod implements ClientAuthenticationMethod {
  /** Made by its name in {@code extensions}. */
  public BadgeMethod() {}

  @Override
  public String name() {
    return "badge";
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
    return Optional.of("Badge");
  }

  @Override
  public boolean isUsedIn(ParsedRequest request) {
    return request.authorization() instanceof AuthorizationHeader.Other other
        && other.scheme().equalsIgnoreCase("Badge");
  }

  @Override
  public Outcome<Client> verify(ClientAttempt attempt) {
    AuthorizationHeader.Other badge = (AuthorizationHeader.Other) attempt.request().authorization();
    String[] parts = badge.credentials().reveal().split("/", 2);
    Optional<Client> found = attempt.find(parts[0]);
    if (found.isEmpty()) {
      return Outcome.refused(StandardReason.CLIENT_UNKNOWN);
    }
    return parts.length == 2 && parts[1].equals("pin-of-" + parts[0])
        ? Outcome.of(found.get())
        : Outcome.refused(StandardReason.SECRET_MISMATCH);
  }
}
