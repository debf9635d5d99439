package dev.postern.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code web.xml} of an application that has no container. */
public final class FakeDeployment {
  private final Map<String, String> initParameters = new LinkedHashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, String> resources = new HashMap<>();
  private ClassLoader loader = FakeDeployment.class.getClassLoader();

  public FakeDeployment with(String name, String value) {
    initParameters.put(name, value);
    return this;
  }

  FakeDeployment attribute(Class<?> type, Object value) {
    attributes.put(type.getName(), value);
    return this;
  }

  FakeDeployment resource(String path, String text) {
    resources.put(path, text);
    return this;
  }

  FakeDeployment loader(ClassLoader own) {
    loader = own;
    return this;
  }

  public FilterConfig filter() {
    return proxy(
        FilterConfig.class,
        (called, argument) ->
            switch (called) {
              case "getFilterName" -> "oauth";
              case "getInitParameter" -> initParameters.get(argument);
              case "getInitParameterNames" -> Collections.enumeration(initParameters.keySet());
              case "getServletContext" -> context();
              default -> throw new UnsupportedOperationException(called);
            });
  }

  ServletContext context() {
    return proxy(
        ServletContext.class,
        (called, argument) ->
            switch (called) {
              case "getAttribute" -> attributes.get(argument);
              case "getClassLoader" -> loader;
              case "getContextPath" -> "/shop";
              case "getFilterRegistration", "getServerInfo", "getRequestCharacterEncoding" -> null;
              case "getResourceAsStream" ->
                  resources.containsKey(argument)
                      ? new ByteArrayInputStream(
                          resources.get(argument).getBytes(StandardCharsets.UTF_8))
                      : null;
              default -> throw new UnsupportedOperationException(called);
            });
  }

  private interface Answers {
    Object answer(String called, Object argument);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) ->
                answers.answer(called.getName(), arguments == null ? null : arguments[0])));
  }
}
