package dev.postern.it;

import java.security.Principal;
import java.util.List;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's side of {@link Realm}. */
final class TomcatRealm extends RealmBase {
  private final Realm realm;

  TomcatRealm(Realm realm) {
    this.realm = realm;
  }

  @Override
  public @Nullable Principal authenticate(String user, String password) {
    if (realm == Realm.DOWN) {
      throw Realm.unreachable();
    }
    return super.authenticate(user, password);
  }

  @Override
  protected @Nullable String getPassword(String user) {
    return user.equals(Realm.USER) ? Realm.PASSWORD : null;
  }

  @Override
  protected @Nullable Principal getPrincipal(String user) {
    return user.equals(Realm.USER) ? new GenericPrincipal(user, List.of(Realm.ROLE)) : null;
  }
}
