package dev.postern.servlet.dryrun;

import dev.postern.core.Client;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.ClientAuthenticator;
import dev.postern.core.DryRun;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Grant;
import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.RequestParser;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenRequest;
import dev.postern.core.client.ClientSecretBasic;
import dev.postern.core.client.ClientSecretPost;
import dev.postern.core.client.PublicClient;
import dev.postern.core.grant.AuthorizationCodeGrant;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.grant.PasswordGrant;
import dev.postern.core.grant.RefreshTokenGrant;
import dev.postern.core.memory.MemoryClients;
import dev.postern.servlet.request.BodyReader;
import dev.postern.servlet.settings.Configuration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A dry run without a server: with clients and settings, but without the codes and tokens, and
 * without what an application brings of its own. For one request.
 */
final class OfflineDryRun {
  /** The ways to authenticate that are known here. */
  static final Set<String> METHODS = Set.of("client_secret_basic", "client_secret_post", "none");

  private static final String CODE = "[A-Za-z0-9_-]{43}";

  private final UnaskedStore store = new UnaskedStore();
  private final RequestParser parser;
  private final DryRun dryRun;
  private final PastedReader reader;

  OfflineDryRun(List<Client> clients, Configuration configuration, String endpoint) {
    InstantSource clock = InstantSource.system();
    FailureLimiter failures = new FailureLimiter(0, clock, 0);
    List<ClientAuthenticationMethod> methods =
        List.of(new ClientSecretBasic(), new ClientSecretPost(), new PublicClient());
    List<Grant> grants =
        new ArrayList<>(
            List.of(
                new ClientCredentialsGrant(),
                new AuthorizationCodeGrant(store),
                new RefreshTokenGrant(store)));
    if (configuration.flag("passwordGrant")) {
      grants.add(new PasswordGrant(failures));
    }
    this.parser = new RequestParser(grants, methods);
    this.dryRun =
        new DryRun(
            new ClientAuthenticator(methods, new MemoryClients(clients, 0), failures, clock),
            parser,
            grants);
    this.reader =
        new PastedReader(
            endpoint,
            configuration.flag("allowInsecureHttp"),
            new BodyReader(configuration.maxBodyBytes(), System::nanoTime));
  }

  /**
   * What would come of the request. Where nothing is refused and it {@linkplain #isUndecided is
   * undecided}, it cannot be told.
   */
  DryRun.Outlook examine(PastedRequest pasted) {
    Outcome<TokenRequest> read = reader.read(parser, pasted);
    return read.fold(this::examine, DryRun.Outlook::refused);
  }

  private DryRun.Outlook examine(TokenRequest request) {
    DryRun.Outlook outlook = dryRun.examine(request);
    return store.isMissed()
        ? new DryRun.Outlook(malformedCode(request), outlook.believed())
        : outlook;
  }

  private static Optional<Refusal> malformedCode(TokenRequest request) {
    boolean isCode = request.form().first("code").filter(code -> !code.matches(CODE)).isPresent();
    return isCode && isForCode(request)
        ? Optional.of(
            Refusal.of(StandardReason.CODE_UNKNOWN)
                .withDetail("a code has 43 characters, all of them letters, digits, - and _"))
        : Optional.empty();
  }

  private static boolean isForCode(TokenRequest request) {
    return request.form().first("grant_type").equals(Optional.of("authorization_code"));
  }

  /** Whether all depends on a code or token that would have to be looked up. */
  boolean isUndecided() {
    return store.isMissed();
  }
}
