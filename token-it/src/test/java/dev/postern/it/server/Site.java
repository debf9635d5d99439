package dev.postern.it.server;

import dev.postern.it.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One server process: what it runs, where, and with which JDK.
 *
 * @param deployment the application
 * @param folder the process's own
 * @param jdk the home of the JDK
 * @param port for plain HTTP on 127.0.0.1
 * @param tlsPort for HTTPS on 127.0.0.1, where the deployment asks for it
 */
record Site(Deployment deployment, Path folder, Path jdk, int port, int tlsPort) {
  /** On ports that are free just now. */
  static Site of(Deployment deployment, Path folder, Path jdk) {
    int port = deployment.port() == 0 ? freePort() : deployment.port();
    return new Site(deployment, folder, jdk, port, freePort());
  }

  /** Some other port that is free just now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exploded application. */
  Path war() {
    return deployment.webapp().folder().toAbsolutePath();
  }

  /** As in {@code /shop}; {@code /} for the root. */
  String context() {
    return deployment.contextPath().isEmpty() ? "/" : deployment.contextPath();
  }

  /** What makes a JVM start fast and stay small. */
  static final List<String> QUICK =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  /** The beginning of a command: Java, made to start fast and to stay small. */
  List<String> java(String... arguments) {
    return java(List.of(), arguments);
  }

  /** The same with variables of the environment, such as {@code A=b}. */
  List<String> java(List<String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    if (!environment.isEmpty()) {
      command.add("/usr/bin/env");
      command.addAll(environment);
    }
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(QUICK);
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-Djava.net.preferIPv4Stack=true");
    deployment.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of(arguments));
    return command;
  }
}
