package dev.postern.servlet;

import dev.postern.core.Outcome;
import dev.postern.core.Scope;
import dev.postern.servlet.settings.Configuration;
import dev.postern.servlet.settings.Settings;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a {@link BearerFilter}.
 *
 * @param filterName its {@code filter-name}
 * @param scope what a token has to allow; empty when any token will do
 * @param rolePrefix what {@code isUserInRole} wants before a scope
 * @param tokenFilter the {@code filter-name} of the {@link TokenFilter}, where there are several
 * @param realm of the challenge
 * @param cacheLifetime how long a token that was looked up is believed to be good
 */
record BearerSettings(
    String filterName,
    Scope scope,
    String rolePrefix,
    Optional<String> tokenFilter,
    String realm,
    Duration cacheLifetime) {

  /** Reads them, or throws with one message that lists everything that is wrong. */
  static BearerSettings of(FilterConfig filter) throws ServletException {
    Configuration configuration = new Configuration(Settings.of(filter));
    configuration.expectBearer();
    BearerSettings settings =
        new BearerSettings(
            filter.getFilterName(),
            scope(configuration),
            configuration.text("rolePrefix").orElse("SCOPE_"),
            configuration.text("tokenFilter"),
            configuration.realm("resource"),
            configuration.durationOrZero("cacheLifetime", Duration.ZERO, Duration.ofMinutes(5)));
    settings.checkTokenFilter(filter, configuration);
    Optional<String> complaint = configuration.complaint(filter);
    if (complaint.isPresent()) {
      throw new ServletException(complaint.get());
    }
    return settings;
  }

  private static Scope scope(Configuration configuration) {
    Optional<String> text = configuration.text("scope");
    return text.map(Scope::parse)
        .orElseGet(() -> Outcome.of(Scope.EMPTY))
        .fold(
            scope -> scope,
            refusal -> {
              configuration.problem("scope", "scopes with one space between them");
              return Scope.EMPTY;
            });
  }

  /** Filters start in any order, but what web.xml says of them is known by now. */
  private void checkTokenFilter(FilterConfig filter, Configuration configuration) {
    List<String> names =
        filter.getServletContext().getFilterRegistrations().values().stream()
            .filter(registration -> TokenFilter.class.getName().equals(registration.getClassName()))
            .map(FilterRegistration::getName)
            .sorted()
            .toList();
    if (names.isEmpty()) {
      configuration.problem(
          "there is no TokenFilter in this application: tokens of another one are asked for by"
              + " introspection");
    } else if (tokenFilter.isPresent() && !names.contains(tokenFilter.get())) {
      configuration.problem("tokenFilter", "one of the TokenFilters " + names);
    } else if (tokenFilter.isEmpty() && names.size() > 1) {
      configuration.problem("tokenFilter", "which of the TokenFilters " + names);
    }
  }
}
