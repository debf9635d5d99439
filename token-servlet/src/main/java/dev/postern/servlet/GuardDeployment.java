package dev.postern.servlet;

import dev.postern.core.ClientRegistry;
import dev.postern.core.GrantType;
import dev.postern.core.ParameterSpec;
import dev.postern.core.RequestGuard;
import dev.postern.core.RequestParser;
import dev.postern.core.grant.AuthorizationCodeGrant;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.grant.PasswordGrant;
import dev.postern.core.grant.RefreshTokenGrant;
import dev.postern.servlet.figures.Figures;
import dev.postern.servlet.figures.StoreState;
import dev.postern.servlet.request.CanonicalPath;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@link TokenGuard} that has started. */
record GuardDeployment(
    HttpFront front, RequestParser parser, RequestGuard guard, Runnable onClose) {

  private static final List<GrantType> GRANT_TYPES =
      List.of(
          ClientCredentialsGrant.TYPE,
          AuthorizationCodeGrant.TYPE,
          RefreshTokenGrant.TYPE,
          PasswordGrant.TYPE,
          // RFC 7523, RFC 8693, RFC 8628: whatever the endpoint makes of these, they are
          // credentials.
          GrantType.of(
              "urn:ietf:params:oauth:grant-type:jwt-bearer",
              ParameterSpec.required("assertion").assertion(),
              ParameterSpec.SCOPE),
          GrantType.of(
              "urn:ietf:params:oauth:grant-type:saml2-bearer",
              ParameterSpec.required("assertion").assertion(),
              ParameterSpec.SCOPE),
          GrantType.of(
              "urn:ietf:params:oauth:grant-type:token-exchange",
              ParameterSpec.required("subject_token").assertion(),
              ParameterSpec.required("subject_token_type"),
              ParameterSpec.optional("actor_token").assertion(),
              ParameterSpec.optional("actor_token_type"),
              ParameterSpec.optional("resource").repeatable(),
              ParameterSpec.optional("audience").repeatable(),
              ParameterSpec.SCOPE),
          GrantType.of(
              "urn:ietf:params:oauth:grant-type:device_code",
              ParameterSpec.required("device_code")));

  /** Starts, or throws with one message that lists everything that is wrong. */
  static GuardDeployment of(FilterConfig filter) throws ServletException {
    Assembly assembly = new Assembly(filter);
    GuardDeployment started = null;
    try {
      started = of(assembly);
      return started;
    } finally {
      if (started == null) {
        assembly.close();
      }
    }
  }

  private static GuardDeployment of(Assembly assembly) throws ServletException {
    assembly.configuration.expectGuard();
    RequestParser parser = assembly.parser(GRANT_TYPES);
    ClientRegistry clients = assembly.clients(Set.of());
    HttpFront front =
        assembly.front(
            assembly.answers(Optional.empty()),
            new Figures(StoreState.of("none"), assembly::tracesDropped),
            false,
            CanonicalPath::of);
    assembly.check();
    assembly.json.await();
    return new GuardDeployment(
        front,
        parser,
        new RequestGuard(assembly.authenticator(clients), parser, GRANT_TYPES),
        assembly::close);
  }

  void close() {
    onClose.run();
  }
}
