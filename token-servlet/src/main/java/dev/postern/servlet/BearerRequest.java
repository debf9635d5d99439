package dev.postern.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;

/**
 * A request that passed a {@link BearerFilter}. Who may do what is the token's alone: a user who is
 * logged in to the container beside it does not count.
 */
final class BearerRequest extends HttpServletRequestWrapper {
  private final HttpServletResponse response;
  private final TokenPrincipal principal;
  private final String rolePrefix;

  BearerRequest(
      HttpServletRequest request,
      HttpServletResponse response,
      TokenPrincipal principal,
      String rolePrefix) {
    super(request);
    this.response = response;
    this.principal = principal;
    this.rolePrefix = rolePrefix;
  }

  @Override
  public Principal getUserPrincipal() {
    return principal;
  }

  @Override
  public String getRemoteUser() {
    return principal.getName();
  }

  @Override
  public String getAuthType() {
    return "Bearer";
  }

  @Override
  public boolean isUserInRole(String role) {
    return role.startsWith(rolePrefix)
        && principal.scope().contains(role.substring(rolePrefix.length()));
  }

  /** It has authenticated: nobody is to be asked for a password. */
  @Override
  public boolean authenticate(HttpServletResponse unused) {
    return true;
  }

  /** Otherwise what goes on later would see the request as it was before us. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }
}
