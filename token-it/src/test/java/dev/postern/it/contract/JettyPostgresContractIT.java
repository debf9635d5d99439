package dev.postern.it.contract;

import dev.postern.it.Containers;
import dev.postern.it.database.Databases;

/** In embedded Jetty, over PostgreSQL. */
final class JettyPostgresContractIT extends TokenEndpointContract {
  JettyPostgresContractIT() {
    super(Containers.JETTY, Databases.POSTGRES);
  }
}
