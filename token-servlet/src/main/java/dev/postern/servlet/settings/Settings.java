package dev.postern.servlet.settings;

import jakarta.servlet.FilterConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
  private static final String ENVIRONMENT_PREFIX = "POSTERN_";

  private final String filterName;
  private final UnaryOperator<@Nullable String> initParameters;
  private final Supplier<List<String>> initParameterNames;
  private final UnaryOperator<@Nullable String> systemProperties;
  private final UnaryOperator<@Nullable String> environment;
  private final Set<String> environmentNames;
  private final @Nullable Context jndi;

  /** What was found stays, whatever becomes of its source: all parts go by the same settings. */
  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

  Settings(
      FilterConfig config,
      UnaryOperator<@Nullable String> systemProperties,
      UnaryOperator<@Nullable String> environment,
      Set<String> environmentNames,
      @Nullable Context jndi) {
    this(
        config.getFilterName(),
        config::getInitParameter,
        () -> Collections.list(config.getInitParameterNames()),
        systemProperties,
        environment,
        environmentNames,
        jndi);
  }

  private Settings(
      String filterName,
      UnaryOperator<@Nullable String> initParameters,
      Supplier<List<String>> initParameterNames,
      UnaryOperator<@Nullable String> systemProperties,
      UnaryOperator<@Nullable String> environment,
      Set<String> environmentNames,
      @Nullable Context jndi) {
    this.filterName = filterName;
    this.initParameters = initParameters;
    this.initParameterNames = initParameterNames;
    this.systemProperties = systemProperties;
    this.environment = environment;
    this.environmentNames = environmentNames;
    this.jndi = jndi;
  }

  /** The settings of a filter, as this process and its container have them. */
  public static Settings of(FilterConfig config) {
    return new Settings(
        config, System::getProperty, System::getenv, System.getenv().keySet(), jndi());
  }

  /** Whose they are, in words: of several applications in one server, it tells which. */
  public static String owner(FilterConfig config) {
    return "filter "
        + config.getFilterName()
        + " of "
        + config.getServletContext().getContextPath()
        + "/";
  }

  /** The settings of no filter: these stand for its init-params. */
  public static Settings given(Map<String, String> parameters) {
    return new Settings(
        "",
        parameters::get,
        () -> List.copyOf(parameters.keySet()),
        System::getProperty,
        System::getenv,
        System.getenv().keySet(),
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
    String found = text(systemProperties.apply(PREFIX + filterName + "." + name));
    if (found.isEmpty()) {
      found = text(systemProperties.apply(PREFIX + name));
    }
    if (found.isEmpty()) {
      found = text(environment.apply(environmentName(name)));
    }
    if (found.isEmpty()) {
      found = text(lookup(name));
    }
    if (found.isEmpty()) {
      found = text(initParameters.apply(name));
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** The names of all init-params. */
  List<String> initParameters() {
    return initParameterNames.get();
  }

  /** The system properties for this filter, or for all filters, with the settings they name. */
  Map<String, String> systemProperties() {
    String own = PREFIX + filterName + ".";
    Map<String, String> names = new TreeMap<>();
    for (String property : System.getProperties().stringPropertyNames()) {
      if (property.startsWith(PREFIX)) {
        String name = property.substring(property.startsWith(own) ? own.length() : PREFIX.length());
        if (name.indexOf('.') < 0) {
          names.put(property, name);
        }
      }
    }
    return names;
  }

  /** The environment variables that may be meant for us. */
  Set<String> environmentVariables() {
    Set<String> names = new TreeSet<>(environmentNames);
    names.removeIf(name -> !name.startsWith(ENVIRONMENT_PREFIX));
    return names;
  }

  static String environmentName(String name) {
    StringBuilder words = new StringBuilder(ENVIRONMENT_PREFIX);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        words.append('_');
      }
      words.append(Character.toUpperCase(c));
    }
    return words.toString();
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

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }
}
