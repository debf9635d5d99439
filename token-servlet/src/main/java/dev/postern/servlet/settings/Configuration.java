package dev.postern.servlet.settings;

import dev.postern.core.Lifetimes;
import dev.postern.servlet.BearerFilter;
import dev.postern.servlet.TokenFilter;
import dev.postern.servlet.TokenGuard;
import dev.postern.servlet.request.IpAddresses;
import jakarta.servlet.FilterConfig;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a filter, checked as a whole: what makes no sense is collected, so that one
 * message lists all of it.
 */
public final class Configuration {
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final Settings settings;

  /** What is read twice is told once. */
  private final Set<String> problems = new LinkedHashSet<>();

  public Configuration(Settings settings) {
    this.settings = settings;
  }

  /** Notes what a {@link TokenFilter} does not have, or not yet. */
  public void expectEndpoint() {
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
  public void expectGuard() {
    problems.addAll(SettingNames.OF_GUARD.unknown(settings));
  }

  /** Notes what a {@link BearerFilter} does not have. */
  public void expectBearer() {
    problems.addAll(SettingNames.OF_BEARER.unknown(settings));
  }

  /** Notes that something is wrong with a setting: what it is, and what is allowed. */
  public void problem(String name, String allowed) {
    String value = settings.find(name).map(text -> " = " + text).orElse("");
    problems.add(name + value + ": " + allowed);
  }

  /** Notes that something is wrong with a place in a file, say. */
  public void problem(String sentence) {
    problems.add(sentence);
  }

  /** One message that lists all that is wrong; empty when nothing is. */
  public Optional<String> complaint(FilterConfig filter) {
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Postern cannot start, "
                + Settings.owner(filter)
                + ":\n  "
                + String.join("\n  ", problems));
  }

  /** What is wrong so far. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** The text of a setting, as it was found. */
  public Optional<String> text(String name) {
    return settings.find(name);
  }

  /** The realm of challenges, {@code standard} where none is set. */
  public String realm(String standard) {
    String realm = settings.find("realm").orElse(standard);
    if (!realm.matches("[ -~&&[^\"\\\\]]*")) {
      problem("realm", "printable ASCII without quotes and backslashes");
    }
    return realm;
  }

  /** How many bytes a body may have. */
  public int maxBodyBytes() {
    return number("maxBodyBytes", 65_536, 1_024, 16 * 1_024 * 1_024);
  }

  /** How many failures of one client a minute are borne; 0 is no limit. */
  public int failureLimit() {
    return number("failureLimit", 30, 0, 60_000);
  }

  /** Whether a setting is {@code true}; without it, it is not. */
  public boolean flag(String name) {
    return flag(name, false);
  }

  /** Whether a setting is {@code true}; without it, it is {@code standard}. */
  public boolean flag(String name, boolean standard) {
    String text = choice(name, "" + standard, Set.of("true", "false"), "true or false");
    return text.equals("true");
  }

  /** The proxies whose forwarding headers are believed. */
  public IpAddresses trustedProxies() {
    String text = settings.find("trustedProxies").orElse("");
    try {
      return IpAddresses.parse(text);
    } catch (IllegalArgumentException e) {
      problem("trustedProxies", "IP addresses or networks such as 10.0.0.0/8, with commas between");
      return IpAddresses.parse("");
    }
  }

  /** The origins whose scripts may read answers. */
  public Set<String> allowedOrigins() {
    Set<String> origins = new LinkedHashSet<>(list("allowedOrigins"));
    for (String origin : origins) {
      if (!WebUrls.isOrigin(origin)) {
        problem("allowedOrigins", "origins such as https://app.example, with commas between");
      }
    }
    return origins;
  }

  /** The entries of a list with commas between them. */
  public List<String> list(String name) {
    List<String> entries = new ArrayList<>();
    for (String part : settings.find(name).orElse("").split(",", -1)) {
      String entry = part.strip();
      if (!entry.isEmpty()) {
        entries.add(entry);
      }
    }
    return List.copyOf(entries);
  }

  /** The JNDI name of the shared database, if there is one; the settings beside it need it. */
  public Optional<String> dataSource() {
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

  /** Below which path of the application the endpoints lie, where that is said. */
  public Optional<String> path() {
    Optional<String> path = settings.find("path");
    if (path.isPresent() && !path.get().matches("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+")) {
      problem("path", "a path such as /oauth, without a slash at its end");
    }
    return path;
  }

  /** How long codes and tokens live. */
  public Lifetimes lifetimes() {
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
  public Duration traceRetention() {
    return duration("traceRetention", Duration.ofDays(7), Duration.ofDays(90));
  }

  /** A duration that may be none. */
  public Duration durationOrZero(String name, Duration standard, Duration longest) {
    return settings.find(name).equals(Optional.of("0"))
        ? Duration.ZERO
        : duration(
            name,
            standard,
            Duration.ZERO,
            longest,
            "an ISO 8601 duration of whole seconds up to " + longest + ", or 0");
  }

  private Duration duration(String name, Duration standard, Duration longest) {
    return duration(
        name,
        standard,
        Duration.ofSeconds(1),
        longest,
        "an ISO 8601 duration such as PT10M, of whole seconds, from PT1S to " + longest);
  }

  private Duration duration(
      String name, Duration standard, Duration shortest, Duration longest, String allowed) {
    Optional<String> text = settings.find(name);
    if (text.isEmpty()) {
      return standard;
    }
    try {
      Duration value = Duration.parse(text.get());
      // Answers and stores count in seconds.
      boolean isWholeSeconds = value.equals(Duration.ofSeconds(value.toSeconds()));
      if (isWholeSeconds && value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0) {
        return value;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      // told below
    }
    problem(name, allowed);
    return standard;
  }

  private int number(String name, int standard, int least, int most) {
    Optional<String> text = settings.find(name);
    if (text.isEmpty()) {
      return standard;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    problem(name, "a number from " + least + " to " + most);
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

  /** The URL of an issuer or of what stands for the filter's mapping, if this is one. */
  public Optional<URI> url(String name) {
    Optional<String> text = settings.find(name);
    return text.isPresent() ? WebUrls.endpoint(text.get()) : Optional.empty();
  }
}
