package dev.postern.it.undertow;

import dev.postern.it.Realm;
import dev.postern.it.Tls;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.security.api.AuthenticationMode;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** An embedded Undertow with one application, as a process of its own. */
public final class UndertowMain {
  private UndertowMain() {}

  /**
   * Runs until it is killed; ends at once where the application does not start.
   *
   * @param arguments the exploded application, its context path, the port for plain HTTP on
   *     127.0.0.1, and, where there is to be one, that for HTTPS and its key store
   */
  public static void main(String[] arguments)
      throws IOException, ServletException, GeneralSecurityException {
    Undertow.Builder server =
        Undertow.builder().addHttpListener(Integer.parseInt(arguments[2]), "127.0.0.1");
    if (arguments.length > 3) {
      server.addHttpsListener(
          Integer.parseInt(arguments[3]), "127.0.0.1", Tls.server(Path.of(arguments[4])));
    }
    HttpHandler application = application(Path.of(arguments[0]), arguments[1]);
    server.setHandler(Handlers.path().addPrefixPath(arguments[1], application)).build().start();
  }

  private static HttpHandler application(Path war, String context)
      throws IOException, ServletException {
    DeploymentInfo application =
        WebXml.of(war)
            .deployment()
            .setContextPath(context)
            .setIdentityManager(new OneUser(Realm.USER, Realm.PASSWORD, Realm.ROLE))
            // Else it takes the Basic credentials of a client for those of a user.
            .setAuthenticationMode(AuthenticationMode.CONSTRAINT_DRIVEN)
            // Else a bad configuration stops no deployment.
            .setEagerFilterInit(true);
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(application);
    manager.deploy();
    return manager.start();
  }
}
