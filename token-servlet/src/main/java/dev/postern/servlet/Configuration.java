package dev.postern.servlet;

import dev.postern.core.Lifetimes;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The settings of a filter, checked as a whole: what makes no sense is collected, so that one
 * message lists all of it.
 */
final class Configuration {
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final Settings settings;
  private final List<String> problems = new ArrayList<>();

  Configuration(Settings settings) {
    this.settings = settings;
  }

  /** Notes what a {@link TokenFilter} does not have, or not yet. */
  void expectEndpoint() {
    problems.addAll(SettingNames.OF_ENDPOINT.unknown(settings));
    for (String name : SettingNames.LATER) {
      if (settings.find(name).isPresent()) {
        problem(name, "this version does not have it yet; leave it out");
      }
    }
    choice("accessTokenFormat", "opaque", Set.of("opaque"), "opaque (this version has no jwt yet)");
    for (String name : List.of("issuer", "publicUrl")) {
      if (settings.find(name).isPresent() && url(name).isEmpty()) {
        problem(name, "an https URL without query and fragment (http on loopback only)");
      }
    }
  }

  /** Notes what a {@link TokenGuard} does not have. */
  void expectGuard() {
    problems.addAll(SettingNames.OF_GUARD.unknown(settings));
  }

  /** Notes what a {@link BearerFilter} does not have. */
  void expectBearer() {
    problems.addAll(SettingNames.OF_BEARER.unknown(settings));
  }

  /** Notes that something is wrong with a setting: what it is, and what is allowed. */
  void problem(String name, String allowed) {
    String value = settings.find(name).map(text -> " = " + text).orElse("");
    problems.add(name + value + ": " + allowed);
  }

  /** Notes that something is wrong with a place in a file, say. */
  void problem(String sentence) {
    problems.add(sentence);
  }

  /** One message that lists all that is wrong; empty when nothing is. */
  Optional<String> complaint(String filterName) {
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Postern cannot start, filter " + filterName + ":\n  " + String.join("\n  ", problems));
  }

  /** What is wrong so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  Optional<String> text(String name) {
    return settings.find(name);
  }

  String realm(String standard) {
    String realm = settings.find("realm").orElse(standard);
    boolean isPlain = realm.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
    if (!isPlain) {
      problem("realm", "printable ASCII without quotes and backslashes");
    }
    return realm;
  }

  int maxBodyBytes() {
    return number("maxBodyBytes", 65_536, 1_024, 16 * 1_024 * 1_024);
  }

  int failureLimit() {
    return number("failureLimit", 30, 0, 60_000);
  }

  boolean flag(String name) {
    return flag(name, false);
  }

  boolean flag(String name, boolean standard) {
    String text = choice(name, "" + standard, Set.of("true", "false"), "true or false");
    return text.equals("true");
  }

  IpAddresses trustedProxies() {
    String text = settings.find("trustedProxies").orElse("");
    try {
      return IpAddresses.parse(text);
    } catch (IllegalArgumentException e) {
      problem("trustedProxies", "IP addresses or networks such as 10.0.0.0/8, with commas between");
      return IpAddresses.parse("");
    }
  }

  Set<String> allowedOrigins() {
    Set<String> origins = new LinkedHashSet<>(list("allowedOrigins"));
    for (String origin : origins) {
      if (uri(origin).filter(uri -> isOrigin(uri, origin)).isEmpty()) {
        problem("allowedOrigins", "origins such as https://app.example, with commas between");
      }
    }
    return origins;
  }

  /** As a browser writes it: in lower case, without the port that the scheme implies. */
  private static boolean isOrigin(URI uri, String text) {
    if (!isWeb(uri)) {
      return false;
    }
    int implied = uri.getScheme().equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == implied ? "" : ":" + uri.getPort();
    return text.equals(uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
  }

  /** The entries of a list with commas between them. */
  List<String> list(String name) {
    return settings
        .find(name)
        .map(
            text ->
                Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(entry -> !entry.isEmpty())
                    .toList())
        .orElse(List.of());
  }

  /** The JNDI name of the shared database, if there is one; the settings beside it need it. */
  Optional<String> dataSource() {
    Optional<String> name = settings.find("dataSource");
    if (name.isEmpty()) {
      for (String beside : List.of("createSchema", "requireDataSource")) {
        if (flag(beside)) {
          problem(beside, "nothing, as there is no dataSource");
        }
      }
      if (settings.find("clients").equals(Optional.of("jdbc"))) {
        problem("clients", "jdbc needs a dataSource");
      }
    }
    return name;
  }

  Optional<String> path() {
    Optional<String> path = settings.find("path");
    if (path.isPresent() && !path.get().matches("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+")) {
      problem("path", "a path such as /oauth, without a slash at its end");
    }
    return path;
  }

  Lifetimes lifetimes() {
    Lifetimes standard = Lifetimes.STANDARD;
    Lifetimes lifetimes =
        new Lifetimes(
            duration("accessTokenLifetime", standard.accessToken(), Duration.ofDays(1)),
            duration("refreshTokenLifetime", standard.refreshToken(), LONGEST),
            duration("refreshFamilyLifetime", standard.refreshFamily(), LONGEST),
            durationOrZero("refreshGrace", standard.refreshGrace(), Duration.ofMinutes(5)),
            duration("codeLifetime", standard.code(), Duration.ofMinutes(10)));
    if (lifetimes.refreshGrace().compareTo(lifetimes.accessToken()) >= 0) {
      problem(
          "refreshGrace",
          "less than accessTokenLifetime (" + lifetimes.accessToken() + "), or PT0S for none");
    }
    if (lifetimes.refreshToken().compareTo(lifetimes.refreshFamily()) > 0) {
      problem(
          "refreshTokenLifetime",
          "not more than refreshFamilyLifetime (" + lifetimes.refreshFamily() + ")");
    }
    return lifetimes;
  }

  /** How long refusals are kept for the pages that {@code adminRole} may see. */
  Duration traceRetention() {
    return duration("traceRetention", Duration.ofDays(7), Duration.ofDays(90));
  }

  /** A duration that may be none. */
  Duration durationOrZero(String name, Duration standard, Duration longest) {
    if (settings.find(name).equals(Optional.of("0"))) {
      return Duration.ZERO;
    }
    return parsed(
        name,
        standard,
        Configuration::duration,
        value -> !value.isNegative() && value.compareTo(longest) <= 0 && isWholeSeconds(value),
        "an ISO 8601 duration of whole seconds up to " + longest + ", or 0");
  }

  private Duration duration(String name, Duration standard, Duration longest) {
    return parsed(
        name,
        standard,
        Configuration::duration,
        value ->
            value.compareTo(Duration.ofSeconds(1)) >= 0
                && value.compareTo(longest) <= 0
                && isWholeSeconds(value),
        "an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to " + longest);
  }

  /** Answers and stores count in seconds. */
  private static boolean isWholeSeconds(Duration duration) {
    return duration.equals(Duration.ofSeconds(duration.toSeconds()));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private int number(String name, int standard, int least, int most) {
    return parsed(
        name,
        standard,
        Integer::valueOf,
        value -> value >= least && value <= most,
        "a number from " + least + " to " + most);
  }

  private <T> T parsed(
      String name, T standard, Function<String, T> parser, Predicate<T> isAllowed, String allowed) {
    Optional<String> text = settings.find(name);
    if (text.isEmpty()) {
      return standard;
    }
    try {
      T value = parser.apply(text.get());
      if (isAllowed.test(value)) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    problem(name, allowed);
    return standard;
  }

  private String choice(String name, String standard, Set<String> choices, String allowed) {
    String value = settings.find(name).orElse(standard);
    if (!choices.contains(value)) {
      problem(name, allowed);
      return standard;
    }
    return value;
  }

  /**
   * "a URL that uses the \"https\" scheme and has no query or fragment components" (RFC 8414 s2).
   */
  Optional<URI> url(String name) {
    return settings.find(name).flatMap(Configuration::uri).filter(Configuration::isOurs);
  }

  private static boolean isOurs(URI uri) {
    boolean isLoopback =
        uri.getHost() != null && uri.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]");
    return isWeb(uri)
        && (uri.getScheme().equals("https") || isLoopback)
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null;
  }

  private static boolean isWeb(URI uri) {
    return uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getHost() != null;
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
