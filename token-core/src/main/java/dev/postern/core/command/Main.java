package dev.postern.core.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The entry point of the jar. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    System.exit(
        new SecretCommand(new SecureRandom(), System.out, System.err, Main::readSecret)
            .run(arguments));
  }

  /** Not an argument: those are seen by all users of a machine, and kept in the shell's history. */
  @SuppressWarnings("SystemConsoleNull") // where it is not null it reads from a pipe as well
  private static String readSecret() throws IOException {
    Console console = System.console();
    if (console != null) {
      char[] typed = console.readPassword("Secret: ");
      return typed == null ? "" : new String(typed);
    }
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line;
  }
}
