package dev.postern.it.app;

import dev.postern.core.Grant;
import dev.postern.core.GrantDecision;
import dev.postern.core.GrantRequest;
import dev.postern.core.ParameterSpec;
import java.util.List;

/** A grant with a bug. */
public final class BuggyGrant implements Grant {
  /** Made by its name in {@code extensions}. */
  public BuggyGrant() {}

  @Override
  public String grantType() {
    return "urn:example:buggy";
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(ParameterSpec.optional("missing"));
  }

  @Override
  public GrantDecision authorize(GrantRequest request) {
    if (request.parameters().has("missing")) {
      throw new NoClassDefFoundError("a class of the application's own");
    }
    throw new IllegalStateException("a bug of the application's own");
  }
}
