package dev.postern.core;

import java.util.List;

/** A grant type: its name, and what a request for it may carry. Immutable. */
public interface GrantType {

  /** The value of {@code grant_type}. */
  String grantType();

  /**
   * The parameters it reads beside {@code grant_type}. When {@code scope} is one of them, its
   * grammar is checked before the grant is asked.
   */
  List<ParameterSpec> parameters();

  /** A grant type of this name with these parameters. */
  static GrantType of(String name, ParameterSpec... parameters) {
    return new Described(name, List.of(parameters));
  }

  /** A grant type in words only: what a {@link RequestGuard} knows of the endpoint behind it. */
  record Described(String grantType, List<ParameterSpec> parameters) implements GrantType {}
}
