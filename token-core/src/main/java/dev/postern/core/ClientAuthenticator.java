package dev.postern.core;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The second step: authenticate the client. Finds the one mechanism that the request uses, lets its
 * method verify it, and holds the client to its registration. Thread-safe.
 */
public final class ClientAuthenticator {
  private static final String HEADER = "Authorization header";

  private final List<ClientAuthenticationMethod> methods;
  private final ClientRegistry clients;
  private final FailureLimiter failures;
  private final InstantSource clock;

  public ClientAuthenticator(
      List<? extends ClientAuthenticationMethod> methods,
      ClientRegistry clients,
      FailureLimiter failures,
      InstantSource clock) {
    this.methods = List.copyOf(methods);
    this.clients = clients;
    this.failures = failures;
    this.clock = clock;
  }

  ClientRegistry clients() {
    return clients;
  }

  /** The client that sent the request, or why that is not proven. */
  Outcome<AuthenticatedClient> authenticate(ParsedRequest request) {
    return method(request).then(method -> prove(method, request));
  }

  /**
   * The client that the request claims to come from, taken at its word: for a {@link DryRun}, which
   * issues nothing. No secret is compared, and no failure is counted.
   */
  Outcome<AuthenticatedClient> believe(ParsedRequest request) {
    return method(request)
        .then(method -> claimed(request).then(client -> claimedBy(client, method)))
        .then(
            client ->
                sameClient(
                    client,
                    request,
                    new AuthenticatedClient(client, request, Optional.empty(), Optional.empty())));
  }

  private Outcome<Client> claimed(ParsedRequest request) {
    return request
        .claimedClient()
        .flatMap(clients::find)
        .map(Outcome::of)
        .orElseGet(() -> Outcome.refused(StandardReason.CLIENT_UNKNOWN));
  }

  private Outcome<Client> claimedBy(Client client, ClientAuthenticationMethod method) {
    if (method.name().equals(Client.PUBLIC) && !client.isPublic()) {
      return Outcome.refused(StandardReason.CREDENTIALS_REQUIRED);
    }
    Instant now = clock.instant();
    boolean isExpired =
        !client.secrets().isEmpty()
            && client.secrets().stream().noneMatch(secret -> secret.isLiveAt(now));
    return isExpired
        ? Outcome.refused(StandardReason.SECRET_EXPIRED)
        : asRegistered(client, method);
  }

  /** "The client MUST NOT use more than one authentication method in each request" (s2.3). */
  private Outcome<ClientAuthenticationMethod> method(ParsedRequest request) {
    AuthorizationHeader header = request.authorization();
    if (header instanceof AuthorizationHeader.Repeated) {
      return Outcome.refused(StandardReason.SEVERAL_AUTHORIZATION_HEADERS);
    }
    List<ClientAuthenticationMethod> used = new ArrayList<>(2);
    for (ClientAuthenticationMethod method : methods) {
      if (method.isUsedIn(request)) {
        used.add(method);
      }
    }
    // The id alone is a mechanism only where there is no other: beside one it just repeats the id.
    if (used.size() > 1) {
      used.removeIf(method -> method.name().equals(Client.PUBLIC));
    }
    List<String> mechanisms = mechanisms(request, used);
    if (mechanisms.size() > 1) {
      return Outcome.refused(StandardReason.SEVERAL_MECHANISMS, String.join(", ", mechanisms));
    }
    if (header instanceof AuthorizationHeader.Malformed malformed) {
      return Outcome.refused(
          Refusal.of(StandardReason.AUTHORIZATION_MALFORMED).withDetail(malformed.why()));
    }
    return used.isEmpty() ? Outcome.refused(nothingUsable(request)) : Outcome.of(used.get(0));
  }

  /** Which mechanisms the request uses, those too that no method of ours understands. */
  private static List<String> mechanisms(
      ParsedRequest request, List<ClientAuthenticationMethod> used) {
    List<String> mechanisms = new ArrayList<>(4);
    if (!(request.authorization() instanceof AuthorizationHeader.Absent)) {
      mechanisms.add(HEADER);
    }
    if (request.parameters().has("client_secret")) {
      mechanisms.add("client_secret");
    }
    if (hasAssertion(request)) {
      mechanisms.add("client_assertion");
    }
    for (ClientAuthenticationMethod method : used) {
      String mechanism = method.scheme().isPresent() ? HEADER : method.mechanism();
      if (!mechanisms.contains(mechanism)) {
        mechanisms.add(mechanism);
      }
    }
    return mechanisms;
  }

  private static boolean hasAssertion(ParsedRequest request) {
    return request.parameters().has("client_assertion")
        || request.parameters().has("client_assertion_type");
  }

  private static Refusal nothingUsable(ParsedRequest request) {
    if (request.authorization() instanceof AuthorizationHeader.Other) {
      return Refusal.of(StandardReason.AUTHORIZATION_SCHEME_UNSUPPORTED);
    }
    return Refusal.of(
        hasAssertion(request)
            ? StandardReason.ASSERTION_UNSUPPORTED
            : StandardReason.CREDENTIALS_MISSING);
  }

  private Outcome<AuthenticatedClient> prove(
      ClientAuthenticationMethod method, ParsedRequest request) {
    ClientAttempt attempt = new ClientAttempt(request, clients, failures, clock);
    Outcome<Client> proven = method.verify(attempt).then(client -> asRegistered(client, method));
    if (proven instanceof Outcome.Stopped<Client> stopped) {
      return Outcome.refused(counted(stopped.refusal(), request));
    }
    return proven.then(
        client ->
            sameClient(
                client,
                request,
                new AuthenticatedClient(
                    client, request, attempt.matched(), attempt.matchedSecret())));
  }

  private static Outcome<Client> asRegistered(Client client, ClientAuthenticationMethod method) {
    if (!client.authenticationMethod().equals(method.name())) {
      return Outcome.refused(
          Refusal.of(StandardReason.METHOD_MISMATCH)
              .withDetail(
                  "used " + method.name() + ", registered " + client.authenticationMethod()));
    }
    return client.isDisabled()
        ? Outcome.refused(StandardReason.CLIENT_DISABLED)
        : Outcome.of(client);
  }

  /**
   * "the authorization server MUST protect any endpoint utilizing it against brute force attacks"
   * (s2.3.1): the failure counts, and after too many of them the answer is to wait.
   */
  private Refusal counted(Refusal refusal, ParsedRequest request) {
    if (refusal.reason().code() != ErrorCode.INVALID_CLIENT) {
      return refusal;
    }
    return failures.count(request.claimedClient().orElse(""), request.source())
        ? Refusal.of(StandardReason.TOO_MANY_FAILURES)
            .withDetail(refusal.reason().label() + " " + refusal.reason().text())
        : refusal;
  }

  private static Outcome<AuthenticatedClient> sameClient(
      Client client, ParsedRequest request, AuthenticatedClient authenticated) {
    Optional<String> named = request.parameters().find("client_id");
    if (named.isPresent() && !named.get().equals(client.id())) {
      return Outcome.refused(StandardReason.CLIENT_ID_MISMATCH);
    }
    return Outcome.of(authenticated);
  }
}
