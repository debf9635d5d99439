package dev.postern.core;

import dev.postern.core.AuthorizationRequest.Addressee;
import dev.postern.core.AuthorizationResult.AskConsent;
import dev.postern.core.AuthorizationResult.Granted;
import dev.postern.core.AuthorizationResult.LoginFirst;
import dev.postern.core.AuthorizationResult.Refused;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization endpoint (RFC 6749 s3.1, s4.1.1), free of HTTP: who asks and where the answer
 * goes; what is asked; who the user is; whether the user consents. Thread-safe.
 */
public final class AuthorizationEndpoint {
  /** What tells who asks: a fault in these is told to the user, never by redirect. */
  private static final List<ParameterSpec> ADDRESS =
      List.of(ParameterSpec.optional("client_id"), ParameterSpec.optional("redirect_uri"));

  private static final ParameterSpec STATE =
      ParameterSpec.optional("state").matching(value -> true);

  private static final List<ParameterSpec> OTHERS =
      List.of(
          ParameterSpec.optional("response_type"),
          ParameterSpec.SCOPE,
          STATE,
          ParameterSpec.optional("code_challenge"),
          ParameterSpec.optional("code_challenge_method"),
          ParameterSpec.optional("response_mode"),
          ParameterSpec.optional("prompt"),
          ParameterSpec.optional("login_hint"),
          ParameterSpec.optional("ui_locales"),
          ParameterSpec.optional("request").assertion(),
          ParameterSpec.optional("request_uri"));

  private final CodeRules rules;
  private final AuthorizationServer server;
  private final ConsentStore consents;

  /**
   * An endpoint.
   *
   * @param rules what is asked of a request
   * @param server what issues the codes
   * @param consents what users have allowed
   */
  public AuthorizationEndpoint(CodeRules rules, AuthorizationServer server, ConsentStore consents) {
    this.rules = rules;
    this.server = server;
    this.consents = consents;
  }

  /** Whether an authorization request has a parameter of this name. */
  public static boolean knows(String name) {
    return spec(ADDRESS, name).or(() -> spec(OTHERS, name)).isPresent();
  }

  /** The parameters of a form that we know, as they were sent, in an order of ours. */
  public static Map<String, String> parameters(Form form) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (List<ParameterSpec> specs : List.of(ADDRESS, OTHERS)) {
      for (ParameterSpec spec : specs) {
        form.first(spec.name()).ifPresent(value -> parameters.put(spec.name(), value));
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  /** Answers a request. Never throws for what anybody can send or an extension can be short of. */
  public AuthorizationResult handle(Form form, Visitor visitor) {
    String clientId = form.first("client_id").orElse("");
    try {
      return addressee(form)
          .fold(
              addressee -> answer(addressee, form, visitor),
              refusal -> new Refused(refusal, clientId, Optional.empty()));
    } catch (UnavailableException e) {
      return new Refused(e.refusal(), clientId, Optional.empty());
    }
  }

  private Outcome<Addressee> addressee(Form form) {
    return faultless(ADDRESS, form)
        .then(
            sound ->
                sound
                    .first("client_id")
                    .map(rules::client)
                    .orElseGet(
                        () -> Outcome.refused(StandardReason.PARAMETER_MISSING, "client_id")))
        .then(client -> addressee(client, form));
  }

  private Outcome<Addressee> addressee(Client client, Form form) {
    Optional<String> sent = form.first("redirect_uri");
    return rules
        .redirectUri(client, sent)
        .then(
            uri ->
                Outcome.of(
                    new Addressee(
                        client,
                        new ReturnAddress(uri, state(form), server.issuer()),
                        sent.isPresent())));
  }

  /** A state that was sent twice, or at too great a length, is none that could come back. */
  private static Optional<String> state(Form form) {
    return faultless(List.of(STATE), form)
        .fold(sound -> sound.first("state"), none -> Optional.empty());
  }

  private AuthorizationResult answer(Addressee addressee, Form form, Visitor visitor) {
    Client client = addressee.client();
    try {
      boolean isSilent = form.all("prompt").contains("none");
      if (visitor.user().isEmpty() && !isSilent) {
        // "The authorization server MUST always authenticate the user first" (RFC 9700 s4.11.2),
        // even if there is nothing but an error to redirect with.
        return new LoginFirst(false, client.id(), addressee.returnTo());
      }
      return check(addressee, form)
          .fold(request -> decide(request, visitor), refusal -> refused(addressee, refusal));
    } catch (UnavailableException e) {
      return refused(addressee, e.refusal());
    }
  }

  private Outcome<AuthorizationRequest> check(Addressee addressee, Form form) {
    Client client = addressee.client();
    return faultless(OTHERS, form)
        .then(AuthorizationEndpoint::supported)
        .then(sound -> rules.mayUseCodes(client))
        .then(
            allowed ->
                rules.challenge(
                    client, form.first("code_challenge"), form.first("code_challenge_method")))
        .then(
            challenge ->
                rules
                    .scope(client, form.first("scope"))
                    .then(
                        scope ->
                            Prompt.parse(form.first("prompt"))
                                .then(
                                    prompt ->
                                        Outcome.of(
                                            new AuthorizationRequest(
                                                addressee,
                                                scope,
                                                challenge,
                                                prompt,
                                                parameters(form))))));
  }

  private static Outcome<Form> supported(Form form) {
    if (form.first("request").isPresent()) {
      return Outcome.refused(StandardReason.REQUEST_OBJECT_UNSUPPORTED, "request");
    }
    if (form.first("request_uri").isPresent()) {
      return Outcome.refused(StandardReason.REQUEST_URI_UNSUPPORTED, "request_uri");
    }
    Optional<String> type = form.first("response_type");
    if (type.isEmpty()) {
      return Outcome.refused(StandardReason.PARAMETER_MISSING, "response_type");
    }
    if (!type.get().equals("code")) {
      return Outcome.refused(StandardReason.RESPONSE_TYPE_UNSUPPORTED, "response_type");
    }
    return form.first("response_mode").filter(mode -> !mode.equals("query")).isPresent()
        ? Outcome.refused(StandardReason.RESPONSE_MODE_UNSUPPORTED, "response_mode")
        : Outcome.of(form);
  }

  private AuthorizationResult decide(AuthorizationRequest request, Visitor visitor) {
    ReturnAddress returnTo = request.returnTo();
    if (visitor.user().isEmpty()) {
      return refused(request, StandardReason.LOGIN_NEEDED);
    }
    String user = visitor.user().get();
    if (visitor.answer() == Visitor.Answer.DENIED) {
      return refused(request, StandardReason.CONSENT_DENIED);
    }
    if (visitor.answer() == Visitor.Answer.NONE) {
      if (request.prompt().isLoginAsked() && !visitor.isLoginFresh()) {
        return new LoginFirst(true, request.client().id(), returnTo);
      }
      if (!isConsentGiven(request, user)) {
        return request.prompt().isSilent()
            ? refused(request, StandardReason.CONSENT_NEEDED)
            : new AskConsent(request);
      }
    } else if (request.isClientAssured()) {
      remember(request, user);
    }
    CodeGrant grant = request.grantTo(user);
    return new Granted(server.save(grant), grant, returnTo);
  }

  private boolean isConsentGiven(AuthorizationRequest request, String user) {
    if (request.prompt().isConsentAsked() || !request.isClientAssured()) {
      return false;
    }
    return request.client().isConsentSkipped()
        || consents
            .find(request.client().id(), user)
            .filter(allowed -> allowed.containsAll(request.scope()))
            .isPresent();
  }

  private void remember(AuthorizationRequest request, String user) {
    String client = request.client().id();
    Scope before = consents.find(client, user).orElse(Scope.EMPTY);
    // What the client has lost since is not carried on.
    consents.save(client, user, before.within(request.client().scope()).and(request.scope()));
  }

  private static AuthorizationResult refused(AuthorizationRequest request, Reason reason) {
    return new Refused(Refusal.of(reason), request.client().id(), Optional.of(request.returnTo()));
  }

  private static AuthorizationResult refused(Addressee addressee, Refusal refusal) {
    return new Refused(refusal, addressee.client().id(), Optional.of(addressee.returnTo()));
  }

  /** The form, if none of these parameters is repeated, too long or malformed. */
  private static Outcome<Form> faultless(List<ParameterSpec> specs, Form form) {
    for (int i = 0; i < form.size(); i++) {
      int index = i;
      Optional<Refusal> fault =
          spec(specs, form.name(i)).flatMap(spec -> RequestParser.fault(spec, form, index));
      if (fault.isPresent()) {
        return Outcome.refused(fault.get());
      }
    }
    return Outcome.of(form);
  }

  private static Optional<ParameterSpec> spec(List<ParameterSpec> specs, String name) {
    return specs.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }
}
