package dev.postern.it.cluster;

import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Deployment;
import dev.postern.it.Webapp;
import dev.postern.it.database.Database;
import dev.postern.it.database.Pool;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A node: embedded Jetty, an application, a pool in JNDI. Prints its port when it is ready, and
 * ends, without a goodbye, when its input does.
 */
public final class NodeMain {
  private NodeMain() {}

  /**
   * Starts it.
   *
   * @param arguments the application's folder; driver, URL and user of the database; the pool's
   *     size
   */
  public static void main(String[] arguments) throws IOException {
    Database database = new Database(arguments[1], arguments[2], arguments[3], "");
    Pool pool = database.pool(Integer.parseInt(arguments[4]));
    Container container =
        Containers.jetty()
            .start(
                Deployment.of(Webapp.at(Path.of(arguments[0])))
                    .binding("jdbc/postern", pool.source()));
    System.out.println(container.port());
    while (System.in.read() >= 0) {
      // Whatever comes, it only counts that the other end is there.
    }
    Runtime.getRuntime().halt(0);
  }
}
