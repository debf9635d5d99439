package dev.postern.it.demo;

import dev.postern.it.Container;
import java.io.PrintStream;

/** What the demo prints once it serves. */
final class DemoLines {
  private DemoLines() {}

  /** Prints what is served, and lines to paste into a shell. */
  static void print(PrintStream out, Container server) {
    out.println("Postern's sample WAR on " + server.name() + ": " + server.uri());
    // The demo clients and curl lines go here: whatever the WAR made at start can be had from
    // server.context().getAttribute(...), as strings.
    out.println("Ctrl-C ends it.");
  }
}
