package dev.postern.it.contract;

import dev.postern.it.AppLog;
import dev.postern.it.Container;
import dev.postern.it.Launcher;
import dev.postern.it.Webapp;
import dev.postern.it.database.Databases;
import dev.postern.it.database.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What runs while the contract is tested in one container: each application is started once. */
final class Running implements AutoCloseable {
  private static final int POOL_SIZE = 8;

  private final Launcher launcher;
  private final Optional<Databases> databases;
  private final UnaryOperator<TestApp> change;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  private final List<AutoCloseable> started = new ArrayList<>();
  private final AppLog log;
  private final Ledger ledger = new Ledger();
  private final ErrorUriPages pages = new ErrorUriPages();

  /**
   * Nothing runs yet.
   *
   * @param databases where applications keep their state, each in a database of its own; else in
   *     memory
   */
  Running(Launcher launcher, Optional<Databases> databases) {
    this(launcher, databases, app -> app);
  }

  /**
   * The same of other applications than those that the tests ask for.
   *
   * @param change what becomes of each, before it starts
   */
  Running(Launcher launcher, Optional<Databases> databases, UnaryOperator<TestApp> change) {
    this.launcher = launcher;
    this.databases = databases;
    this.change = change;
    this.log = launcher.log();
  }

  /** Whether state is kept in memory. */
  boolean isInMemory() {
    return databases.isEmpty();
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

  /** All that run under a name. */
  List<Endpoint> endpoints() {
    return List.copyOf(endpoints.values());
  }

  /** An application that nobody else uses; stopped at the end, like all. */
  Endpoint start(TestApp app) {
    Endpoint endpoint = alone(app);
    started.add(endpoint);
    return endpoint;
  }

  /** An application for one test, which closes it. */
  Endpoint alone(TestApp asked) {
    TestApp app = change.apply(asked);
    if (app.isStateful()) {
      databases.ifPresent(
          kind -> {
            Pool pool = kind.create().pool(POOL_SIZE);
            started.add(pool);
            app.over(pool.source());
          });
    }
    Webapp webapp = app.explode(launcher);
    started.add(webapp);
    Container container = launcher.start(app.deployment(webapp));
    return new Endpoint(
        container, app.tokenPath(), app.errorPages(), log.in(container), ledger, pages);
  }

  @Override
  public void close() throws Exception {
    if (!launcher.isOutOfProcess()) {
      Provoked.logged(log.lines());
    }
    log.close();
    Collections.reverse(started);
    for (AutoCloseable each : started) {
      each.close();
    }
  }
}
