package dev.postern.it.contract;

import dev.postern.it.Containers;
import dev.postern.it.Launcher;
import dev.postern.it.database.Databases;
import java.util.Optional;

/** In embedded Jetty, over PostgreSQL. */
final class JettyPostgresContractIT extends TokenEndpointContract {
  @Override
  Launcher launcher() {
    return Containers.JETTY;
  }

  @Override
  Optional<Databases> databases() {
    return Optional.of(Databases.POSTGRES);
  }
}
