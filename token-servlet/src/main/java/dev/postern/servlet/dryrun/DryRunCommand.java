package dev.postern.servlet.dryrun;

import dev.postern.core.DryRun;
import dev.postern.core.secret.SecretFormats;
import dev.postern.servlet.pages.DryRunText;
import dev.postern.servlet.settings.ClientsFile;
import dev.postern.servlet.settings.Configuration;
import dev.postern.servlet.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what would come of a token request that stands on the standard input. */
public final class DryRunCommand {
  private static final String USAGE =
      """
      Usage: java -jar token-servlet-VERSION-all.jar dry-run --clients FILE [OPTION]... < REQUEST
        --clients FILE        the clients file, as in WEB-INF/clients.json
        --setting NAME=VALUE  a setting of the filter, such as passwordGrant=true; may be repeated
        --endpoint PATH       where the endpoint is, if not at a path that ends with /token
        --language LANGUAGE   en or ro, if not that of the system
      REQUEST is raw HTTP, a curl command, or an entry of a HAR file. It is not kept. Nothing is sent,
      spent or issued. Secrets and passwords are not compared, codes and tokens not looked up; grants
      and other classes of the application's own are not known here.
      Exit status: 0 nothing speaks against it, 1 it would be refused, 2 not understood.
      """;

  private static final int LONGEST_REQUEST = 16 * 1_024 * 1_024;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private String clients = "";
  private String endpoint = "/token";
  private String language;

  /**
   * The command.
   *
   * @param language of the system, as a language tag
   */
  public DryRunCommand(InputStream in, PrintStream out, PrintStream err, String language) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.language = language;
  }

  /** The exit status: 0 nothing speaks against it, 1 refused, 2 not understood. */
  public int run(String... arguments) throws IOException {
    if (!take(Arrays.asList(arguments).iterator()) || clients.isEmpty()) {
      err.print(USAGE);
      return 2;
    }
    Configuration configuration = new Configuration(Settings.given(settings));
    configuration.expectEndpoint();
    Optional<ClientsFile> file = clientsFile();
    OfflineDryRun dryRun =
        new OfflineDryRun(
            file.map(ClientsFile::clients).orElse(List.of()), configuration, endpoint);
    readOthers(configuration);
    problems.addAll(configuration.problems());
    if (!problems.isEmpty()) {
      problems.forEach(err::println);
      return 2;
    }
    return tell(dryRun);
  }

  /** What has no part in it, but would keep the filter from starting. */
  private static void readOthers(Configuration configuration) {
    configuration.realm("");
    configuration.failureLimit();
    configuration.trustedProxies();
    configuration.allowedOrigins();
    configuration.dataSource();
    configuration.path();
    configuration.lifetimes();
    configuration.traceRetention();
    for (String flag :
        new String[] {
          "createSchema", "requireDataSource", "errorPages", "requirePkce", "auditLog"
        }) {
      configuration.flag(flag);
    }
  }

  private boolean take(Iterator<String> arguments) {
    while (arguments.hasNext()) {
      String option = arguments.next();
      if (!arguments.hasNext()) {
        return false;
      }
      String value = arguments.next();
      switch (option) {
        case "--clients" -> clients = value;
        case "--endpoint" -> endpoint = value.startsWith("/") ? value : "/" + value;
        case "--language" -> {
          language = value;
          if (!DryRunText.languages().contains(value)) {
            problems.add("--language " + value + ": " + String.join(", ", DryRunText.languages()));
          }
        }
        case "--setting" -> {
          int equals = value.indexOf('=');
          if (equals < 1) {
            return false;
          }
          settings.put(value.substring(0, equals), value.substring(equals + 1));
        }
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private Optional<ClientsFile> clientsFile() {
    try {
      ClientsFile file =
          ClientsFile.read(
              Files.readAllBytes(Path.of(clients)),
              new SecretFormats(List.of()),
              OfflineDryRun.METHODS,
              Set.of(),
              InstantSource.system().instant());
      file.problems().forEach(problem -> problems.add(clients + ": " + problem));
      return Optional.of(file);
    } catch (IOException | InvalidPathException e) {
      problems.add(clients + ": cannot be read: " + e.getClass().getName());
      return Optional.empty();
    }
  }

  private int tell(OfflineDryRun dryRun) throws IOException {
    DryRunText text = new DryRunText(language);
    DryRun.Outlook outlook;
    try {
      String pasted = new String(in.readNBytes(LONGEST_REQUEST), StandardCharsets.UTF_8);
      outlook = dryRun.examine(PastedRequest.parse(pasted));
    } catch (IllegalArgumentException e) {
      err.print(text.said(UntriedException.text(e)));
      return 2;
    }
    boolean isRefused = outlook.refusal().isPresent();
    out.print(!isRefused && dryRun.isUndecided() ? text.undecided(outlook) : text.result(outlook));
    return isRefused ? 1 : 0;
  }
}
