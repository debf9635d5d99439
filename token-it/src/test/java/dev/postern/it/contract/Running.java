package dev.postern.it.contract;

import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.LogCapture;
import dev.postern.it.Webapp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What runs while the contract is tested in one container: each application is started once. */
final class Running implements AutoCloseable {
  private final Containers containers;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  private final List<AutoCloseable> started = new ArrayList<>();
  private final LogCapture log = LogCapture.start();
  private final Ledger ledger = new Ledger();

  Running(Containers containers) {
    this.containers = containers;
  }

  Containers containers() {
    return containers;
  }

  LogCapture log() {
    return log;
  }

  Ledger ledger() {
    return ledger;
  }

  /** The application of this name, started when it is first asked for. */
  Endpoint endpoint(String name, Supplier<TestApp> app) {
    return endpoints.computeIfAbsent(name, unused -> start(app.get()));
  }

  /** An application that nobody else uses; stopped at the end, like all. */
  Endpoint start(TestApp app) {
    Webapp webapp = app.explode();
    started.add(webapp);
    Container container = containers.start(app.deployment(webapp));
    started.add(container);
    return new Endpoint(container, app.tokenPath(), app.errorPages(), log, ledger);
  }

  /** An application for one test, which closes it. */
  Endpoint alone(TestApp app) {
    Webapp webapp = app.explode();
    started.add(webapp);
    Container container = containers.start(app.deployment(webapp));
    return new Endpoint(container, app.tokenPath(), app.errorPages(), log, ledger);
  }

  @Override
  public void close() throws Exception {
    Collections.reverse(started);
    for (AutoCloseable each : started) {
      each.close();
    }
    log.close();
  }
}
