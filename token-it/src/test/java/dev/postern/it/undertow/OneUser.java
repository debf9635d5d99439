package dev.postern.it.undertow;

import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import java.security.Principal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A realm with one user, who has one role. */
final class OneUser implements IdentityManager {
  private final String password;
  private final User user;

  OneUser(String name, String password, String role) {
    this.password = password;
    this.user = new User(() -> name, Set.of(role));
  }

  /** Whoever was authenticated stays so. */
  @Override
  public Account verify(Account account) {
    return account;
  }

  @Override
  public @Nullable Account verify(String id, Credential credential) {
    boolean isRight =
        id.equals(user.principal.getName())
            && credential instanceof PasswordCredential
            && Arrays.equals(
                ((PasswordCredential) credential).getPassword(), password.toCharArray());
    return isRight ? user : null;
  }

  @Override
  public @Nullable Account verify(Credential credential) {
    return null;
  }

  private static final class User implements Account {
    private final Principal principal;
    private final Set<String> roles;

    User(Principal principal, Set<String> roles) {
      this.principal = principal;
      this.roles = roles;
    }

    @Override
    public Principal getPrincipal() {
      return principal;
    }

    @Override
    public Set<String> getRoles() {
      return roles;
    }
  }
}
