package dev.postern.it.undertow;

import dev.postern.it.ContainerLoader;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.WebResourceCollection;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The {@code web.xml} of an exploded application, registered with Undertow element by element; one
 * that is not known here is an error. There is no JNDI, so references into it lead nowhere.
 */
final class WebXml {
  private final Element root;
  private final ClassLoader loader;
  private final DeploymentInfo deployment;

  private WebXml(Element root, ClassLoader loader, Path war) {
    this.root = root;
    this.loader = loader;
    this.deployment =
        Servlets.deployment()
            .setDeploymentName(war.toString())
            .setClassLoader(loader)
            .setResourceManager(new PathResourceManager(war));
  }

  static WebXml of(Path war) throws IOException {
    try {
      Element root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(war.resolve("WEB-INF/web.xml").toFile())
              .getDocumentElement();
      return new WebXml(root, loader(war.resolve("WEB-INF")), war);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  /** The application's own classes; of ours it sees no more than in any container. */
  private static ClassLoader loader(Path inside) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(inside.resolve("classes/").toUri().toURL());
    Path libraries = inside.resolve("lib");
    if (Files.exists(libraries)) {
      try (Stream<Path> jars = Files.list(libraries)) {
        for (Path jar : (Iterable<Path>) jars::iterator) {
          urls.add(jar.toUri().toURL());
        }
      }
    }
    return new URLClassLoader("webapp", urls.toArray(URL[]::new), new ContainerLoader());
  }

  /** All of it. */
  DeploymentInfo deployment() {
    for (Element element : children(root)) {
      switch (element.getTagName()) {
        case "context-param" ->
            deployment.addInitParameter(text(element, "param-name"), text(element, "param-value"));
        case "error-page" ->
            deployment.addErrorPage(
                new ErrorPage(
                    text(element, "location"), Integer.parseInt(text(element, "error-code"))));
        case "filter" -> deployment.addFilter(filter(element));
        case "filter-mapping" -> map(element);
        case "listener" ->
            deployment.addListener(
                Servlets.listener(type(EventListener.class, text(element, "listener-class"))));
        case "login-config" -> deployment.setLoginConfig(login(element));
        case "security-constraint" -> deployment.addSecurityConstraint(constraint(element));
        case "security-role" -> deployment.addSecurityRole(text(element, "role-name"));
        case "servlet" -> deployment.addServlet(servlet(element));
        case "servlet-mapping" ->
            texts(element, "url-pattern")
                .forEach(deployment.getServlets().get(text(element, "servlet-name"))::addMapping);
        case "display-name", "env-entry", "resource-ref" -> {}
        default -> throw new IllegalArgumentException("what is " + element.getTagName() + "?");
      }
    }
    return deployment;
  }

  private FilterInfo filter(Element element) {
    FilterInfo filter =
        Servlets.filter(
            text(element, "filter-name"), type(Filter.class, text(element, "filter-class")));
    for (Element each : children(element, "init-param")) {
      filter.addInitParam(text(each, "param-name"), text(each, "param-value"));
    }
    return filter.setAsyncSupported(isTrue(element, "async-supported"));
  }

  private ServletInfo servlet(Element element) {
    ServletInfo servlet =
        Servlets.servlet(
            text(element, "servlet-name"), type(Servlet.class, text(element, "servlet-class")));
    for (Element each : children(element, "init-param")) {
      servlet.addInitParam(text(each, "param-name"), text(each, "param-value"));
    }
    return servlet.setAsyncSupported(isTrue(element, "async-supported"));
  }

  private void map(Element element) {
    List<String> dispatchers = texts(element, "dispatcher");
    for (String type : dispatchers.isEmpty() ? List.of("REQUEST") : dispatchers) {
      for (String pattern : texts(element, "url-pattern")) {
        deployment.addFilterUrlMapping(
            text(element, "filter-name"), pattern, DispatcherType.valueOf(type));
      }
    }
  }

  private static LoginConfig login(Element element) {
    return children(element, "form-login-config").stream()
        .findFirst()
        .map(
            form ->
                new LoginConfig(
                    text(element, "auth-method"),
                    "",
                    text(form, "form-login-page"),
                    text(form, "form-error-page")))
        .orElseGet(
            () -> new LoginConfig(text(element, "auth-method"), text(element, "realm-name")));
  }

  private static SecurityConstraint constraint(Element element) {
    SecurityConstraint constraint = new SecurityConstraint();
    for (Element each : children(element, "web-resource-collection")) {
      constraint.addWebResourceCollection(
          new WebResourceCollection().addUrlPatterns(texts(each, "url-pattern")));
    }
    for (Element each : children(element, "auth-constraint")) {
      constraint.addRolesAllowed(texts(each, "role-name"));
    }
    return constraint;
  }

  private <T> Class<? extends T> type(Class<T> kind, String name) {
    try {
      return loader.loadClass(name).asSubclass(kind);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static boolean isTrue(Element parent, String name) {
    return texts(parent, name).contains("true");
  }

  private static String text(Element parent, String name) {
    List<String> texts = texts(parent, name);
    if (texts.size() != 1) {
      throw new IllegalArgumentException(
          texts.size() + " of " + name + " in " + parent.getTagName());
    }
    return texts.get(0);
  }

  private static List<String> texts(Element parent, String name) {
    return children(parent, name).stream().map(each -> each.getTextContent().strip()).toList();
  }

  private static List<Element> children(Element parent, String name) {
    return children(parent).stream().filter(each -> each.getTagName().equals(name)).toList();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element) {
        children.add((Element) child);
      }
    }
    return children;
  }
}
