package dev.postern.servlet.settings;

import dev.postern.servlet.BearerFilter;
import dev.postern.servlet.TokenFilter;
import dev.postern.servlet.TokenGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The names of the settings that a filter has; finds those that it has not. Immutable. */
final class SettingNames {
  /** What a later version brings. */
  static final List<String> LATER = List.of("signingKeys");

  private static final List<String> COMMON =
      List.of(
          "clients",
          "realm",
          "maxBodyBytes",
          "failureLimit",
          "trustedProxies",
          "allowInsecureHttp",
          "allowedOrigins",
          "dataSource",
          "createSchema",
          "requireDataSource",
          "auditLog",
          "extensions");
  private static final List<String> ENDPOINT =
      List.of(
          "path",
          "issuer",
          "publicUrl",
          "errorPages",
          "adminRole",
          "traceRetention",
          "accessTokenFormat",
          "accessTokenLifetime",
          "refreshTokenLifetime",
          "refreshFamilyLifetime",
          "refreshGrace",
          "codeLifetime",
          "passwordGrant",
          "requirePkce");

  /** Those of a {@link TokenFilter}. */
  static final SettingNames OF_ENDPOINT = new SettingNames(List.of(COMMON, ENDPOINT, LATER));

  /** Those of a {@link TokenGuard}. */
  static final SettingNames OF_GUARD = new SettingNames(List.of(COMMON));

  /** Those of a {@link BearerFilter}. */
  static final SettingNames OF_BEARER =
      new SettingNames(
          List.of(List.of("scope", "rolePrefix", "tokenFilter", "realm", "cacheLifetime")));

  private final TreeSet<String> known = new TreeSet<>();

  private SettingNames(List<? extends Collection<String>> groups) {
    groups.forEach(known::addAll);
  }

  /** A sentence for each name that is set and does not exist, with the one that may be meant. */
  List<String> unknown(Settings settings) {
    List<String> problems = new ArrayList<>();
    for (String name : settings.initParameters()) {
      if (!known.contains(name)) {
        problems.add(problem("init-param " + name, name));
      }
    }
    // A property for all filters may be one that only another kind of filter has.
    for (Map.Entry<String, String> property : settings.systemProperties().entrySet()) {
      if (!isOfAnyKind(property.getValue())) {
        problems.add(problem("system property " + property.getKey(), property.getValue()));
      }
    }
    // One that is far from all may be somebody else's: Kubernetes sets POSTERN_PORT, say.
    for (String variable : settings.environmentVariables()) {
      String meant = nearestVariable(variable);
      if (!meant.isEmpty() && !meant.equals(variable)) {
        problems.add(
            "environment variable " + variable + ": no such setting; is it " + meant + "?");
      }
    }
    return problems;
  }

  private static boolean isOfAnyKind(String name) {
    return OF_ENDPOINT.known.contains(name) || OF_BEARER.known.contains(name);
  }

  private static String nearestVariable(String variable) {
    String nearest = "";
    int least = variable.length() / 5;
    for (SettingNames kind : List.of(OF_ENDPOINT, OF_BEARER)) {
      for (String name : kind.known) {
        String candidate = Settings.environmentName(name);
        int difference = difference(variable, candidate);
        if (difference < least) {
          nearest = candidate;
          least = difference;
        }
      }
    }
    return nearest;
  }

  private String problem(String what, String name) {
    return what + ": no such setting" + nearest(name).map(n -> "; is it " + n + "?").orElse("");
  }

  private Optional<String> nearest(String name) {
    String bare = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return known.stream()
        .filter(candidate -> isNear(bare, candidate.toLowerCase(Locale.ROOT)))
        .min(Comparator.comparing(near -> difference(bare, near.toLowerCase(Locale.ROOT))));
  }

  private static boolean isNear(String a, String b) {
    return !a.isEmpty()
        && (a.startsWith(b)
            || b.startsWith(a)
            || difference(a, b) <= Math.max(a.length(), b.length()) / 3);
  }

  /** How much of the longer one stands between what both begin with and what both end with. */
  private static int difference(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int start = 0;
    while (start < shorter && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
      end++;
    }
    return Math.max(a.length(), b.length()) - start - end;
  }
}
