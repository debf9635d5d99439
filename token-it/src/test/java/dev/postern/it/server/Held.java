package dev.postern.it.server;

import dev.postern.it.Api;
import dev.postern.it.Container;
import dev.postern.it.Deployment;
import dev.postern.it.Webapp;
import java.util.concurrent.CountDownLatch;

/** A JVM that has started a server and waits, for {@link LeftoversIT}. */
final class Held {
  private Held() {}

  /** Says {@code up} as soon as the server is. */
  public static void main(String[] arguments) throws InterruptedException {
    Webapp webapp = Webapp.empty(Api.JAKARTA, "").with("up.txt", "up");
    try (Container server =
        Server.valueOf(arguments[0]).start(Deployment.of(webapp).readyAt("/up.txt"))) {
      System.out.println("up");
      new CountDownLatch(1).await();
    }
  }
}
