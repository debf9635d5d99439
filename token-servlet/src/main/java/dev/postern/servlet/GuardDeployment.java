package dev.postern.servlet;

import dev.postern.core.ClientRegistry;
import dev.postern.core.GrantType;
import dev.postern.core.RequestGuard;
import dev.postern.core.RequestParser;
import dev.postern.core.grant.AuthorizationCodeGrant;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.grant.PasswordGrant;
import dev.postern.core.grant.RefreshTokenGrant;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Set;

/** A {@link TokenGuard} that has started. */
record GuardDeployment(HttpFront front, RequestGuard guard) {

  private static final List<GrantType> GRANT_TYPES =
      List.of(
          ClientCredentialsGrant.TYPE,
          AuthorizationCodeGrant.TYPE,
          RefreshTokenGrant.TYPE,
          PasswordGrant.TYPE);

  /** Starts, or throws with one message that lists everything that is wrong. */
  static GuardDeployment of(FilterConfig filter) throws ServletException {
    Assembly assembly = new Assembly(filter);
    assembly.configuration.expectGuard();
    RequestParser parser = assembly.parser(GRANT_TYPES);
    ClientRegistry clients = assembly.clients(Set.of());
    HttpFront front = assembly.front(parser);
    assembly.check();
    return new GuardDeployment(
        front, new RequestGuard(assembly.authenticator(clients), parser, GRANT_TYPES));
  }

  void close() {
    front.close();
  }
}
