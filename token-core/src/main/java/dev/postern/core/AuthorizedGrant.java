package dev.postern.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a grant wants spent and issued. It holds an {@link AuthenticatedClient}, so there is none
 * without one.
 *
 * @param client to whom it is issued
 * @param subject for whom: the user, or the client itself (RFC 9068 s2.2)
 * @param scope of the access token
 * @param spends what has to be alive, and is spent by issuing
 * @param isRefreshable whether a refresh token goes along, if the client is registered for {@code
 *     refresh_token}
 * @param members further members of the answer (RFC 6749 s5.1 leaves room for them), by name
 */
public record AuthorizedGrant(
    AuthenticatedClient client,
    String subject,
    Scope scope,
    Spend spends,
    boolean isRefreshable,
    Map<String, String> members) {

  public AuthorizedGrant {
    members =
        members.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** An access token for {@code subject}; nothing is spent, no refresh token goes along. */
  public static AuthorizedGrant of(AuthenticatedClient client, String subject, Scope scope) {
    return new AuthorizedGrant(client, subject, scope, new Spend.Nothing(), false, Map.of());
  }

  /** The same with a refresh token, if the client is registered for {@code refresh_token}. */
  public AuthorizedGrant refreshable() {
    return new AuthorizedGrant(client, subject, scope, spends, true, members);
  }

  /** The same, spending {@code what}. */
  public AuthorizedGrant spending(Spend what) {
    return new AuthorizedGrant(client, subject, scope, what, isRefreshable, members);
  }

  /** The same with these as the further members of the answer. */
  public AuthorizedGrant withMembers(Map<String, String> more) {
    return new AuthorizedGrant(client, subject, scope, spends, isRefreshable, more);
  }

  /** Of the members the names only: an extension may keep secrets there. */
  @Override
  public String toString() {
    return "AuthorizedGrant[client="
        + client.id()
        + ", subject="
        + subject
        + ", scope="
        + scope
        + ", members="
        + members.keySet()
        + "]";
  }

  /** What issuing spends. */
  public sealed interface Spend {

    /** Nothing: the grant may be used again. */
    record Nothing() implements Spend {}

    /** An authorization code. */
    record Code(TokenHash code) implements Spend {}

    /** A refresh token, which the next one of its family replaces. */
    record Rotation(RefreshToken token) implements Spend {}
  }
}
