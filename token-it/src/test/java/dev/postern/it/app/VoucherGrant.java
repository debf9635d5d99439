package dev.postern.it.app;

import dev.postern.core.AuthorizedGrant;
import dev.postern.core.Check;
import dev.postern.core.ErrorCode;
import dev.postern.core.Grant;
import dev.postern.core.GrantDecision;
import dev.postern.core.GrantRequest;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Reason;
import java.util.List;
import java.util.Map;

/** An extension grant (RFC 6749 s4.5): a voucher for a token. */
public final class VoucherGrant implements Grant {
  /** Made by the ServiceLoader. */
  public VoucherGrant() {}

  @Override
  public String grantType() {
    return "urn:example:voucher";
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.required("voucher"),
        ParameterSpec.optional("resource").repeatable(),
        ParameterSpec.SCOPE);
  }

  @Override
  public GrantDecision authorize(GrantRequest request) {
    String voucher = request.parameters().require("voucher");
    if (!voucher.startsWith("gold-")) {
      return GrantDecision.refuse(Worthless.VOUCHER_WORTHLESS);
    }
    int resources = request.parameters().all("resource").size();
    return request
        .scopeWithin(request.client().client().scope())
        .fold(
            scope ->
                GrantDecision.authorize(
                    AuthorizedGrant.of(request.client(), "the bearer", scope)
                        .withMembers(
                            Map.of("level", "gold", "resources", String.valueOf(resources)))),
            GrantDecision::refuse);
  }

  /** The grant's own reason. */
  private enum Worthless implements Reason {
    VOUCHER_WORTHLESS;

    @Override
    public int number() {
      return 20001;
    }

    @Override
    public ErrorCode code() {
      return ErrorCode.INVALID_GRANT;
    }

    @Override
    public Check check() {
      return Check.GRANT;
    }

    @Override
    public String section() {
      return "RFC 6749 s4.5";
    }

    @Override
    public String text() {
      return "the voucher is worth nothing";
    }
  }
}
