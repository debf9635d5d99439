package dev.postern.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The first step: parse. Knows the parameters that the grants and the client authentication methods
 * read, and holds each of them to what it was declared to be. Unknown parameters are ignored: "The
 * authorization server MUST ignore unrecognized request parameters" (RFC 6749 s3.2). Thread-safe.
 */
public final class RequestParser {
  private static final ParameterSpec GRANT_TYPE = ParameterSpec.optional("grant_type");
  private static final List<ParameterSpec> OF_CLIENTS =
      List.of(
          ParameterSpec.optional("client_id"),
          ParameterSpec.optional("client_secret"),
          ParameterSpec.optional("client_assertion_type"),
          ParameterSpec.optional("client_assertion").assertion());

  /** Of what we do not know, only the length matters; its name is not ours to repeat. */
  private static final ParameterSpec UNKNOWN =
      ParameterSpec.optional("").repeatable().matching(value -> true);

  private final Map<String, ParameterSpec> known = new HashMap<>();
  private final Map<String, Map<String, ParameterSpec>> ofGrant = new HashMap<>();

  public RequestParser(
      Collection<? extends GrantType> grantTypes,
      Collection<? extends ClientAuthenticationMethod> methods) {
    this(methods);
    known.put(GRANT_TYPE.name(), GRANT_TYPE);
    for (GrantType type : grantTypes) {
      Map<String, ParameterSpec> own = new HashMap<>();
      for (ParameterSpec spec : type.parameters()) {
        own.put(spec.name(), spec);
        known.putIfAbsent(spec.name(), spec);
      }
      ofGrant.put(type.grantType(), own);
    }
  }

  private RequestParser(Collection<? extends ClientAuthenticationMethod> methods) {
    know(OF_CLIENTS);
    for (ClientAuthenticationMethod method : methods) {
      know(method.parameters());
    }
  }

  private void know(Collection<ParameterSpec> parameters) {
    for (ParameterSpec spec : parameters) {
      known.put(spec.name(), spec);
    }
  }

  /**
   * The parser of an endpoint that has no grants: it reads {@code parameters}, and those by which a
   * client authenticates.
   */
  static RequestParser of(
      Collection<ParameterSpec> parameters,
      Collection<? extends ClientAuthenticationMethod> methods) {
    RequestParser parser = new RequestParser(methods);
    parser.know(parameters);
    return parser;
  }

  /** The names of all parameters that a grant or a client authentication method reads. */
  public Set<String> knownParameters() {
    return Set.copyOf(known.keySet());
  }

  /** Whether a grant or a client authentication method reads this parameter. */
  public boolean knows(String name) {
    return known.containsKey(name);
  }

  /** The request, if no known parameter is repeated, too long or malformed. */
  public Outcome<ParsedRequest> parse(TokenRequest request) {
    Form form = request.form();
    Map<String, ParameterSpec> own =
        ofGrant.getOrDefault(form.first(GRANT_TYPE.name()).orElse(""), Map.of());
    for (int i = 0; i < form.size(); i++) {
      String name = form.name(i);
      ParameterSpec spec = own.getOrDefault(name, known.getOrDefault(name, UNKNOWN));
      Optional<Refusal> fault = fault(spec, form, i);
      if (fault.isPresent()) {
        return Outcome.refused(fault.get());
      }
    }
    return Outcome.of(new ParsedRequest(request));
  }

  /** What is wrong with the parameter at {@code index}, being held to {@code spec}. */
  static Optional<Refusal> fault(ParameterSpec spec, Form form, int index) {
    String value = form.value(index);
    // "Request and response parameters MUST NOT be included more than once" (s3.2). One without a
    // value counts: what sits behind a guard may take it for the first or for the last.
    if (!spec.isRepeatable() && standsBefore(index, form)) {
      return Optional.of(Refusal.of(StandardReason.PARAMETER_REPEATED, spec.name()));
    }
    if (value.length() > spec.maxLength()) {
      return Optional.of(Refusal.of(StandardReason.PARAMETER_TOO_LONG, spec.name()));
    }
    if (!value.isEmpty() && !spec.grammar().test(value)) {
      return Optional.of(
          Refusal.of(StandardReason.PARAMETER_MALFORMED, spec.name())
              .withDetail(WhiteSpace.lineBreak(value).orElse("")));
    }
    return Optional.empty();
  }

  private static boolean standsBefore(int index, Form form) {
    for (int i = 0; i < index; i++) {
      if (form.name(i).equals(form.name(index))) {
        return true;
      }
    }
    return false;
  }
}
