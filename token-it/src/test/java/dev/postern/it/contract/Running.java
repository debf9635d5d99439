package dev.postern.it.contract;

import dev.postern.it.AppLog;
import dev.postern.it.Container;
import dev.postern.it.Launcher;
import dev.postern.it.Webapp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What runs while the contract is tested in one container: each application is started once. */
final class Running implements AutoCloseable {
  private final Launcher launcher;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  private final List<AutoCloseable> started = new ArrayList<>();
  private final AppLog log;
  private final Ledger ledger = new Ledger();

  Running(Launcher launcher) {
    this.launcher = launcher;
    this.log = launcher.log();
  }

  Launcher launcher() {
    return launcher;
  }

  AppLog log() {
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
    Webapp webapp = app.explode(launcher.api());
    started.add(webapp);
    Container container = launcher.start(app.deployment(webapp));
    started.add(container);
    return new Endpoint(container, app.tokenPath(), log.in(container), ledger);
  }

  /** An application for one test, which closes it. */
  Endpoint alone(TestApp app) {
    Webapp webapp = app.explode(launcher.api());
    started.add(webapp);
    Container container = launcher.start(app.deployment(webapp));
    return new Endpoint(container, app.tokenPath(), log.in(container), ledger);
  }

  @Override
  public void close() throws Exception {
    log.close();
    Collections.reverse(started);
    for (AutoCloseable each : started) {
      each.close();
    }
  }
}
