package dev.postern.core.grant;

import dev.postern.core.AuthorizedGrant;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Grant;
import dev.postern.core.GrantDecision;
import dev.postern.core.GrantRequest;
import dev.postern.core.GrantType;
import dev.postern.core.Outcome;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * The resource owner's password (RFC 6749 s4.3), for systems that cannot do without yet: "The
 * resource owner password credentials grant MUST NOT be used" (RFC 9700 s2.4), so it is off unless
 * asked for. The container's own realm checks the password; "the authorization server MUST protect
 * the endpoint against brute force attacks" (s4.3.2), so failures count by user name and source,
 * and until it is known what a login comes to, it counts as one.
 */
public final class PasswordGrant implements Grant {
  /** The grant type. */
  public static final GrantType TYPE =
      GrantType.of(
          "password",
          ParameterSpec.required("username").matching(ParameterSpec::isUnicodeWithoutLineBreaks),
          ParameterSpec.required("password").matching(ParameterSpec::isUnicodeWithoutLineBreaks),
          ParameterSpec.SCOPE);

  private final FailureLimiter failures;

  public PasswordGrant(FailureLimiter failures) {
    this.failures = failures;
  }

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
        .then(scope -> user(request).then(user -> granted(request, user, scope)))
        .fold(GrantDecision::authorize, GrantDecision::refuse);
  }

  private static Outcome<AuthorizedGrant> granted(GrantRequest request, String user, Scope scope) {
    return Outcome.of(AuthorizedGrant.of(request.client(), user, scope).refreshable());
  }

  private Outcome<String> user(GrantRequest request) {
    String username = request.parameters().require("username");
    // A client id and a user name may be the same text; their failures are counted apart.
    String counted = "user\n" + folded(username);
    Secret password = Secret.of(request.parameters().require("password"));
    return failures.compare(
        counted,
        request.source(),
        StandardReason.PASSWORD_REFUSED,
        () -> request.resourceOwners().authenticate(username, password));
  }

  /** Most directories take these spellings for the same user. */
  private static String folded(String username) {
    return Normalizer.normalize(username, Normalizer.Form.NFKC)
        .strip()
        .replaceAll("\\s+", " ")
        .toLowerCase(Locale.ROOT);
  }
}
