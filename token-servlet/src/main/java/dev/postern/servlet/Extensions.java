package dev.postern.servlet;

import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ConsentStore;
import dev.postern.core.Grant;
import dev.postern.core.SecretVerifier;
import dev.postern.core.TokenIssuer;
import dev.postern.core.TokenListener;
import dev.postern.core.TokenStore;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds the application's own implementations of an extension point: classes named in the
 * init-param {@code extensions}; an attribute of the {@code ServletContext} named like the
 * interface, one object or a collection; {@code ServiceLoader} entries of the application.
 */
final class Extensions {
  /** All extension points there are. */
  private static final List<Class<?>> POINTS =
      List.of(
          ClientAuthenticationMethod.class,
          ClientRegistry.class,
          ConsentPage.class,
          ConsentStore.class,
          Grant.class,
          SecretVerifier.class,
          TokenIssuer.class,
          TokenListener.class,
          TokenStore.class);

  private final Configuration configuration;
  private final ServletContext context;
  private final List<Object> named = new ArrayList<>();

  Extensions(Configuration configuration, ServletContext context) {
    this.configuration = configuration;
    this.context = context;
    for (String className : configuration.list("extensions")) {
      instance(className).ifPresent(named::add);
    }
    for (Object extension : named) {
      if (POINTS.stream().noneMatch(point -> point.isInstance(extension))) {
        configuration.problem(
            "extensions: " + extension.getClass().getName() + " implements no extension point");
      }
    }
  }

  /** All implementations of {@code type}. */
  <T> List<T> all(Class<T> type) {
    List<T> found = new ArrayList<>();
    named.stream().filter(type::isInstance).map(type::cast).forEach(found::add);
    Object attribute = context.getAttribute(type.getName());
    Collection<?> attributes =
        attribute instanceof Collection<?> many
            ? many
            : Optional.ofNullable(attribute).stream().toList();
    for (Object value : attributes) {
      if (type.isInstance(value)) {
        found.add(type.cast(value));
      } else {
        configuration.problem(
            "ServletContext attribute "
                + type.getName()
                + ": a "
                + value.getClass().getName()
                + " is none");
      }
    }
    try {
      ServiceLoader.load(type, context.getClassLoader()).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      configuration.problem("ServiceLoader entry for " + type.getName() + ": " + e.getMessage());
    }
    return found;
  }

  /** The implementation of {@code type}, where there can be only one. */
  <T> Optional<T> only(Class<T> type) {
    List<T> found = all(type);
    if (found.size() > 1) {
      configuration.problem(
          "there can be only one "
              + type.getSimpleName()
              + ", but there are "
              + found.stream().map(each -> each.getClass().getName()).sorted().toList());
    }
    return found.stream().findFirst();
  }

  /** An instance of a class of the application, if it can be made; if not, that is noted. */
  Optional<Object> instance(String className) {
    try {
      return Optional.of(
          Class.forName(className, true, context.getClassLoader())
              .getDeclaredConstructor()
              .newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      configuration.problem(
          className
              + ": not a class of the application with a public constructor without arguments");
      return Optional.empty();
    }
  }
}
