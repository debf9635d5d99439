package dev.postern.servlet;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ConsentStore;
import dev.postern.core.Grant;
import dev.postern.core.SecretVerifier;
import dev.postern.core.TokenIssuer;
import dev.postern.core.TokenListener;
import dev.postern.core.TokenStore;
import dev.postern.servlet.settings.Configuration;
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
 * interface, one object or a collection; {@code ServiceLoader} entries of the application; its CDI
 * beans, where there is CDI.
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
  private final CdiBeans beans;
  private final List<Object> named = new ArrayList<>();

  Extensions(Configuration configuration, ServletContext context) {
    this.configuration = configuration;
    this.context = context;
    this.beans = new CdiBeans(context.getClassLoader());
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
    return found(type).stream().map(Found::extension).toList();
  }

  /** The implementation of {@code type}, where there can be only one. */
  <T> Optional<T> only(Class<T> type) {
    List<Found<T>> found = found(type);
    if (found.size() > 1) {
      configuration.problem(
          "there can be only one "
              + type.getSimpleName()
              + ", but there are "
              + found.stream().map(Found::inWords).collect(joining(", ")));
    }
    return found.stream().map(Found::extension).findFirst();
  }

  private <T> List<Found<T>> found(Class<T> type) {
    List<Found<T>> found = new ArrayList<>();
    named.stream()
        .filter(type::isInstance)
        .forEach(each -> found.add(new Found<>(type.cast(each), "extensions")));
    attributes(type).forEach(each -> found.add(new Found<>(each, "ServletContext attribute")));
    services(type).forEach(each -> found.add(new Found<>(each, "ServiceLoader entry")));
    for (T bean : beans(type)) {
      // A class that is named elsewhere may be a bean as well: it is one extension.
      Found<T> another = new Found<>(bean, "CDI bean");
      if (found.stream().noneMatch(each -> each.type() == another.type())) {
        found.add(another);
      }
    }
    return found;
  }

  private <T> List<T> attributes(Class<T> type) {
    Object attribute = context.getAttribute(type.getName());
    Collection<?> values =
        attribute instanceof Collection<?> many
            ? many
            : Optional.ofNullable(attribute).stream().toList();
    for (Object value : values) {
      if (!type.isInstance(value)) {
        configuration.problem(
            "ServletContext attribute "
                + type.getName()
                + ": a "
                + value.getClass().getName()
                + " is none");
      }
    }
    return values.stream().filter(type::isInstance).map(type::cast).collect(toList());
  }

  private <T> List<T> services(Class<T> type) {
    List<T> services = new ArrayList<>();
    try {
      ServiceLoader.load(type, context.getClassLoader()).forEach(services::add);
    } catch (ServiceConfigurationError e) {
      configuration.problem("ServiceLoader entry for " + type.getName() + ": " + e.getMessage());
    }
    return services;
  }

  private <T> List<T> beans(Class<T> type) {
    try {
      return beans.of(type);
    } catch (IllegalStateException e) {
      configuration.problem("CDI bean for " + type.getName() + ": " + e.getMessage());
      return List.of();
    }
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

  /** An extension, and where it was found. */
  private record Found<T>(T extension, String where) {
    String inWords() {
      return type().getName() + " (" + where + ")";
    }

    /** A bean may come as a proxy, of a class that CDI has made. */
    Class<?> type() {
      Class<?> type = extension.getClass();
      return type.isSynthetic() && type.getSuperclass() != Object.class
          ? type.getSuperclass()
          : type;
    }
  }
}
