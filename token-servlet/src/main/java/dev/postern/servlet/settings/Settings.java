package dev.postern.servlet.settings;

import jakarta.servlet.FilterConfig;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, first found wins: the system property {@code postern.FILTER-NAME.NAME},
 * then {@code postern.NAME}; the environment variable {@code POSTERN_NAME}; JNDI {@code
 * java:comp/env/postern/NAME}; the init-param.
 */
public final class Settings {
  private static final String PREFIX = "postern.";
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

  private final String filterName;
  private final UnaryOperator<@Nullable String> initParameters;
  private final Supplier<List<String>> initParameterNames;
  private final UnaryOperator<@Nullable String> systemProperties;
  private final UnaryOperator<@Nullable String> environment;
  private final @Nullable Context jndi;

  /** What was found stays, whatever becomes of its source: all parts go by the same settings. */
  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

  Settings(
      FilterConfig config,
      UnaryOperator<@Nullable String> systemProperties,
      UnaryOperator<@Nullable String> environment,
      @Nullable Context jndi) {
    this(
        config.getFilterName(),
        config::getInitParameter,
        () -> Collections.list(config.getInitParameterNames()),
        systemProperties,
        environment,
        jndi);
  }

  private Settings(
      String filterName,
      UnaryOperator<@Nullable String> initParameters,
      Supplier<List<String>> initParameterNames,
      UnaryOperator<@Nullable String> systemProperties,
      UnaryOperator<@Nullable String> environment,
      @Nullable Context jndi) {
    this.filterName = filterName;
    this.initParameters = initParameters;
    this.initParameterNames = initParameterNames;
    this.systemProperties = systemProperties;
    this.environment = environment;
    this.jndi = jndi;
  }

  /** The settings of a filter, as this process and its container have them. */
  public static Settings of(FilterConfig config) {
    return new Settings(config, System::getProperty, System::getenv, jndi());
  }

  /** The settings of no filter: these stand for its init-params. */
  public static Settings given(Map<String, String> parameters) {
    return new Settings(
        "",
        parameters::get,
        () -> List.copyOf(parameters.keySet()),
        System::getProperty,
        System::getenv,
        null);
  }

  @SuppressWarnings("BanJNDI") // a fixed name in the application's own context
  private static @Nullable Context jndi() {
    try {
      return (Context) new InitialContext().lookup("java:comp/env/postern");
    } catch (NamingException | RuntimeException e) {
      // Most containers have no such context, and the embedded ones no JNDI at all.
      return null;
    }
  }

  /** The value of a setting; one that is blank counts as absent. */
  Optional<String> find(String name) {
    return known.computeIfAbsent(name, this::look);
  }

  private Optional<String> look(String name) {
    return present(systemProperties.apply(PREFIX + filterName + "." + name))
        .or(() -> present(systemProperties.apply(PREFIX + name)))
        .or(() -> present(environment.apply(environmentName(name))))
        .or(() -> present(lookup(name)))
        .or(() -> present(initParameters.apply(name)));
  }

  /** The names of all init-params. */
  List<String> initParameters() {
    return initParameterNames.get();
  }

  /** The names that system properties of this filter, or of all filters, set. */
  List<String> systemPropertyNames() {
    String own = PREFIX + filterName + ".";
    return System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(name.startsWith(own) ? own.length() : PREFIX.length()))
        .filter(name -> name.indexOf('.') < 0)
        .sorted()
        .toList();
  }

  static String environmentName(String name) {
    return "POSTERN_" + HUMP.matcher(name).replaceAll("$1_$2").toUpperCase(Locale.ROOT);
  }

  @SuppressWarnings("BanJNDI") // one of our own names in the application's own context
  private @Nullable String lookup(String name) {
    if (jndi == null) {
      return null;
    }
    try {
      Object found = jndi.lookup(name);
      return found == null ? null : found.toString();
    } catch (NamingException | RuntimeException e) {
      return null;
    }
  }

  private static Optional<String> present(@Nullable String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }
}
