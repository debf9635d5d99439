package dev.postern.it.contract;

import dev.postern.it.Containers;
import dev.postern.it.Launcher;

/** In embedded Tomcat. */
final class TomcatContractIT extends TokenEndpointContract {
  @Override
  Launcher launcher() {
    return Containers.TOMCAT;
  }
}
