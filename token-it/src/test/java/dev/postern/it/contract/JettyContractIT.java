package dev.postern.it.contract;

import dev.postern.it.Containers;
import dev.postern.it.Launcher;

/** In embedded Jetty. */
final class JettyContractIT extends TokenEndpointContract {
  @Override
  Launcher launcher() {
    return Containers.JETTY;
  }
}
