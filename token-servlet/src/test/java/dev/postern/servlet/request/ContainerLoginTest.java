package dev.postern.servlet.request;

import static dev.postern.core.StandardReason.PASSWORD_REFUSED;
import static dev.postern.core.StandardReason.REALM_UNAVAILABLE;
import static dev.postern.core.StandardReason.USER_ALREADY_LOGGED_IN;
import static dev.postern.servlet.Outcomes.passed;
import static dev.postern.servlet.Outcomes.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.core.Outcome;
import dev.postern.core.Secret;
import dev.postern.core.UnavailableException;
import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.Rfc;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.naming.CommunicationException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Rfc("RFC6749-4.3.2")
@DisplayName("RFC 6749 s4.3: the container's own realm checks a password")
class ContainerLoginTest {
  private final List<String> calls = new ArrayList<>();
  private final FakeRequest request =
      FakeRequest.post().logout(this::logout).login((name, password) -> login(name));

  private void login(String name) {
    calls.add("login");
    request.user(() -> name);
  }

  private void logout() {
    calls.add("logout");
    request.user(null);
  }

  private HttpSession session() {
    return (HttpSession)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpSession.class},
            (proxy, called, arguments) -> {
              calls.add(called.getName());
              return null;
            });
  }

  private Outcome<String> authenticate() {
    return new ContainerLogin(request.build()).authenticate("ada", Secret.of("canary"));
  }

  private FakeRequest failing(Throwable thrown) {
    return request.login(
        (name, password) -> {
          calls.add("login");
          if (thrown instanceof ServletException e) {
            throw e;
          }
          throw (RuntimeException) thrown;
        });
  }

  @Test
  void the_right_password() {
    assertThat(passed(authenticate())).isEqualTo("ada");
    assertThat(calls).containsExactly("login", "logout");
    assertThat(request.user()).isNull();
  }

  @Test
  void the_name_is_the_one_that_the_realm_gives() {
    request.login((name, password) -> request.user(() -> "uid=" + name + "/" + password.length()));

    assertThat(passed(authenticate())).isEqualTo("uid=ada/6");
  }

  @Test
  void a_session_that_the_login_made_ends() {
    request.login(
        (name, password) -> {
          login(name);
          request.session(session());
        });

    assertThat(passed(authenticate())).isEqualTo("ada");
    assertThat(calls).containsExactly("login", "logout", "invalidate");
  }

  @Test
  void a_login_without_a_user_is_none() {
    request.login((name, password) -> calls.add("login"));

    assertThat(reason(authenticate())).isEqualTo(PASSWORD_REFUSED);
    assertThat(calls).containsExactly("login", "logout");
  }

  @Test
  void who_comes_with_a_user_or_a_session_is_refused_and_keeps_them() {
    request.user(() -> "bob");
    assertThat(reason(authenticate())).isEqualTo(USER_ALREADY_LOGGED_IN);

    request.user(null).session(session());
    assertThat(reason(authenticate())).isEqualTo(USER_ALREADY_LOGGED_IN);
    assertThat(calls).isEmpty();
  }

  static Stream<ServletException> wrongPassword() {
    return Stream.of(
        // Tomcat, then what Jetty and others wrap.
        new ServletException("canary"),
        new ServletException(),
        new ServletException("canary", new LoginException("canary")),
        new ServletException(new FailedLoginException("canary")),
        new ServletException(new ServletException("canary")),
        new ServletException(new GeneralSecurityException("canary")));
  }

  @ParameterizedTest
  @MethodSource("wrongPassword")
  void a_wrong_password(ServletException thrown) {
    failing(thrown);

    assertThat(reason(authenticate())).isEqualTo(PASSWORD_REFUSED);
    assertThat(calls).containsExactly("login", "logout");
  }

  static Stream<Throwable> down() {
    return Stream.of(
        new IllegalStateException("canary"),
        new SecurityException("canary"),
        new ServletException("canary", new IOException("canary")),
        new ServletException(new SQLException("canary")),
        new ServletException(new CommunicationException("canary")),
        new ServletException(new RuntimeException("canary")),
        new ServletException(
            new GeneralSecurityException(new LoginException().initCause(new SQLException()))));
  }

  @ParameterizedTest
  @MethodSource("down")
  @DisplayName("a realm that is down is a 9xxx, and its text is not repeated")
  void a_realm_that_is_down(Throwable thrown) {
    failing(thrown);

    assertThatThrownBy(this::authenticate)
        .isInstanceOf(UnavailableException.class)
        .hasNoCause()
        .hasMessageStartingWith("the container's realm threw ")
        .hasMessageNotContainingAny("canary", "ada")
        .asInstanceOf(InstanceOfAssertFactories.type(UnavailableException.class))
        .extracting(unavailable -> unavailable.refusal().reason())
        .isEqualTo(REALM_UNAVAILABLE);
    assertThat(calls).containsExactly("login", "logout");
  }

  @Test
  void the_root_is_what_is_named() {
    failing(new ServletException(new IOException(new SQLException("canary"))));

    assertThatThrownBy(this::authenticate).hasMessageEndingWith("java.sql.SQLException");
  }

  @Test
  @DisplayName("a login that cannot be undone gives no token, and its session ends all the same")
  void a_logout_that_fails() {
    request.login(
        (name, password) -> {
          login(name);
          request.session(session());
        });
    for (Exception thrown :
        List.of(new ServletException("canary"), new IllegalStateException("canary"))) {
      calls.clear();
      request
          .session(null)
          .user(null)
          .logout(
              () -> {
                if (thrown instanceof ServletException e) {
                  throw e;
                }
                throw (RuntimeException) thrown;
              });

      assertThatThrownBy(this::authenticate)
          .isInstanceOf(UnavailableException.class)
          .hasMessage("the login could not be undone: " + thrown.getClass().getName());
      assertThat(calls).containsExactly("login", "invalidate");
    }
  }

  @Test
  void a_session_that_has_ended_already() {
    HttpSession ended =
        (HttpSession)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, called, arguments) -> {
                  throw new IllegalStateException("ended");
                });
    request.login(
        (name, password) -> {
          login(name);
          request.session(ended);
        });

    assertThat(passed(authenticate())).isEqualTo("ada");
  }

  @Test
  void a_principal_without_a_name_is_none() {
    Principal nameless = () -> null;
    request.login((name, password) -> request.user(nameless));

    assertThat(reason(authenticate())).isEqualTo(PASSWORD_REFUSED);
  }
}
