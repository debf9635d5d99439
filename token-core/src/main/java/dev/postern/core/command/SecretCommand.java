package dev.postern.core.command;

import dev.postern.core.ParameterSpec;
import dev.postern.core.RandomTokens;
import dev.postern.core.Secret;
import dev.postern.core.secret.Pbkdf2Secrets;
import dev.postern.core.secret.Sha256Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;

/** Makes a client secret with its hash, or hashes a given one. */
final class SecretCommand {
  private static final String USAGE =
      """
      Usage: java -jar JAR COMMAND
        new-secret   makes a client secret and prints it with its hash
        hash-secret  reads a secret from the terminal or from standard input and prints its hash
        dry-run      tells what would come of a token request; in token-servlet-VERSION-all.jar only
      The hash goes into the clients file: "secrets":[{"hash":"..."}]
      """;

  private final SecureRandom random;
  private final PrintStream out;
  private final PrintStream err;
  private final Input input;

  SecretCommand(SecureRandom random, PrintStream out, PrintStream err, Input input) {
    this.random = random;
    this.out = out;
    this.err = err;
    this.input = input;
  }

  /** The exit status: 0 done, 2 not understood. */
  int run(String[] arguments) throws IOException {
    String command = arguments.length == 1 ? arguments[0] : "";
    return switch (command) {
      case "new-secret" -> make();
      case "hash-secret" -> hash();
      default -> {
        err.print(USAGE);
        yield 2;
      }
    };
  }

  private int make() {
    Secret secret = new RandomTokens(random).next();
    out.println("secret: " + secret.reveal());
    out.println("hash:   " + Sha256Secrets.hash(secret));
    return 0;
  }

  private int hash() throws IOException {
    String secret = input.read();
    if (secret.isEmpty() || !ParameterSpec.hasNoControls(secret)) {
      err.println("A secret is a line of text without control characters.");
      return 2;
    }
    out.println("hash:   " + Pbkdf2Secrets.hash(Secret.of(secret), random));
    return 0;
  }

  /** Where a given secret comes from. */
  interface Input {
    String read() throws IOException;
  }
}
