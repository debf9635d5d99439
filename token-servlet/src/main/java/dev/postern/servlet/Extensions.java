package dev.postern.servlet;

import static java.util.stream.Collectors.joining;

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
import org.jspecify.annotations.Nullable;

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
      if (!isOfPoint(extension)) {
        configuration.problem(
            "extensions: " + extension.getClass().getName() + " implements no extension point");
      }
    }
  }

  private static boolean isOfPoint(Object extension) {
    for (Class<?> point : POINTS) {
      if (point.isInstance(extension)) {
        return true;
      }
    }
    return false;
  }

  /**
   * All implementations of {@code type}; those of {@code ServiceLoader} are made anew each time.
   */
  <T> List<T> all(Class<T> type) {
    List<T> all = new ArrayList<>();
    for (Found<T> each : found(type)) {
      all.add(each.extension);
    }
    return all;
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
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0).extension);
  }

  private <T> List<Found<T>> found(Class<T> type) {
    List<Found<T>> found = new ArrayList<>();
    for (Object each : named) {
      if (type.isInstance(each)) {
        found.add(new Found<>(type.cast(each), "extensions"));
      }
    }
    for (T attribute : attributes(type)) {
      found.add(new Found<>(attribute, "ServletContext attribute"));
    }
    for (T service : services(type)) {
      found.add(new Found<>(service, "ServiceLoader entry"));
    }
    for (T bean : beans(type)) {
      // A class that is named elsewhere may be a bean as well: it is one extension.
      Found<T> another = new Found<>(bean, "CDI bean");
      if (!another.isAmong(found)) {
        found.add(another);
      }
    }
    return found;
  }

  private <T> List<T> attributes(Class<T> type) {
    Object attribute = context.getAttribute(type.getName());
    if (attribute == null) {
      return List.of();
    }
    List<T> attributes = new ArrayList<>();
    for (@Nullable Object value :
        attribute instanceof Collection<?> many ? many : List.of(attribute)) {
      if (type.isInstance(value)) {
        attributes.add(type.cast(value));
      } else {
        configuration.problem(
            "ServletContext attribute "
                + type.getName()
                + ": "
                + (value == null ? "null" : "a " + value.getClass().getName())
                + " is none");
      }
    }
    return attributes;
  }

  private <T> List<T> services(Class<T> type) {
    List<T> services = new ArrayList<>();
    try {
      for (T service : ServiceLoader.load(type, context.getClassLoader())) {
        services.add(service);
      }
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

    boolean isAmong(List<Found<T>> others) {
      for (Found<T> other : others) {
        if (other.type() == type()) {
          return true;
        }
      }
      return false;
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
