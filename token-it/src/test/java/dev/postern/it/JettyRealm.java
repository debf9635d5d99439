package dev.postern.it;

import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.security.AbstractLoginService;
import org.eclipse.jetty.security.RolePrincipal;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.UserPrincipal;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.util.security.Credential;
import org.jspecify.annotations.Nullable;

/** Jetty's side of {@link Realm}. */
final class JettyRealm extends AbstractLoginService {
  private final Realm realm;

  JettyRealm(Realm realm) {
    this.realm = realm;
    setName("test");
  }

  @Override
  public @Nullable UserIdentity login(
      String user,
      Object credentials,
      Request request,
      Function<Boolean, Session> getOrCreateSession) {
    if (realm == Realm.DOWN) {
      throw Realm.unreachable();
    }
    return super.login(user, credentials, request, getOrCreateSession);
  }

  @Override
  protected List<RolePrincipal> loadRoleInfo(UserPrincipal user) {
    return List.of(new RolePrincipal(Realm.ROLE));
  }

  @Override
  protected @Nullable UserPrincipal loadUserInfo(String user) {
    return user.equals(Realm.USER)
        ? new UserPrincipal(user, Credential.getCredential(Realm.PASSWORD))
        : null;
  }
}
