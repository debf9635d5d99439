package dev.postern.servlet;

import dev.postern.servlet.dryrun.DryRunCommand;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The entry point of the jar that has all inside: the dry run, and the commands of token-core. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0 || !arguments[0].equals("dry-run")) {
      dev.postern.core.command.Main.main(arguments);
      return;
    }
    DryRunCommand command =
        new DryRunCommand(
            System.in,
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            Locale.getDefault().toLanguageTag());
    System.exit(command.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
  }

  /** On a server the locale is often C, in which Romanian cannot be written. */
  @SuppressWarnings("SystemConsoleNull") // where it is not null its charset is right, too
  private static PrintStream stream(FileDescriptor descriptor) {
    Console console = System.console();
    Charset charset = console == null ? StandardCharsets.UTF_8 : console.charset();
    return new PrintStream(new FileOutputStream(descriptor), true, charset);
  }
}
