package dev.postern.it.contract;

import dev.postern.it.Containers;
import dev.postern.it.Launcher;
import dev.postern.it.database.Databases;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** In embedded Tomcat, over MariaDB. */
@Tag("heavy")
final class TomcatMariaDbContractIT extends TokenEndpointContract {
  @Override
  Launcher launcher() {
    return Containers.TOMCAT;
  }

  @Override
  Optional<Databases> databases() {
    return Optional.of(Databases.MARIADB);
  }
}
