package dev.postern.core.grant;

import dev.postern.core.AuthorizedGrant;
import dev.postern.core.Grant;
import dev.postern.core.GrantDecision;
import dev.postern.core.GrantRequest;
import dev.postern.core.GrantType;
import dev.postern.core.ParameterSpec;
import java.util.List;

/**
 * The client acts for itself (RFC 6749 s4.4). Public clients cannot be registered for it, so that
 * it is "only used by confidential clients". "A refresh token SHOULD NOT be included": none is.
 */
public final class ClientCredentialsGrant implements Grant {
  /** The grant type. */
  public static final GrantType TYPE = GrantType.of("client_credentials", ParameterSpec.SCOPE);

  public ClientCredentialsGrant() {}

  @Override
  public String grantType() {
    return TYPE.grantType();
  }

  @Override
  public List<ParameterSpec> parameters() {
    return TYPE.parameters();
  }

  @Override
  public GrantDecision authorize(GrantRequest request) {
    return request
        .scopeWithin(request.client().client().scope())
        .fold(
            scope ->
                GrantDecision.authorize(
                    AuthorizedGrant.of(request.client(), request.client().id(), scope)),
            GrantDecision::refuse);
  }
}
