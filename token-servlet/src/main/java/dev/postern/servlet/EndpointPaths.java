package dev.postern.servlet;

import dev.postern.servlet.request.CanonicalPath;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint a path within the application leads to. A path that somebody else might take for
 * that of an endpoint ({@code /token/}, {@code /token;x=1}, {@code //token}, {@code /%74oken})
 * leads nowhere: neither to the endpoint nor past it. Immutable.
 */
final class EndpointPaths {
  /** Where clients look for metadata (RFC 8414 s3). */
  private static final String METADATA = "/.well-known/oauth-authorization-server";

  /** What lies below a mapping, by its name. */
  private static final Map<String, Destination> ENDPOINTS =
      Map.of(
          "/token",
          Destination.TOKEN,
          "/authorize",
          Destination.AUTHORIZE,
          "/introspect",
          Destination.INTROSPECT,
          "/revoke",
          Destination.REVOKE,
          METADATA,
          Destination.METADATA);

  /** Of later versions, or not switched on. */
  private static final List<String> RESERVED = List.of("jwks", "errors");

  private static final String ERRORS = "/errors";

  private final Map<String, Destination> endpoints;
  private final List<String> bases;
  private final boolean hasErrorPages;

  private EndpointPaths(
      Map<String, Destination> endpoints, List<String> bases, boolean hasErrorPages) {
    this.endpoints = endpoints;
    this.bases = bases;
    this.hasErrorPages = hasErrorPages;
  }

  /**
   * The endpoints below {@code base} if it is given, else below the filter's mappings: {@code
   * /oauth/*} has {@code /oauth/token}; one exact path, say {@code /token}, is the token endpoint
   * alone.
   *
   * @throws IllegalArgumentException when a mapping does not tell where the endpoints are
   */
  static EndpointPaths of(Optional<String> base, Collection<String> allMappings) {
    if (base.isPresent()) {
      return below(List.of(base.get()), new HashMap<>());
    }
    List<String> mappings = new ArrayList<>(allMappings);
    // These are for the metadata alone, in an application at the root of its host.
    mappings.removeAll(List.of(METADATA, METADATA + "/*"));
    List<String> bases = new ArrayList<>();
    Map<String, Destination> exact = new HashMap<>();
    boolean isClear = !mappings.isEmpty();
    for (String mapping : mappings) {
      if (isExact(mapping)) {
        exact.put(mapping, Destination.TOKEN);
      } else if (mapping.length() > 2 && mapping.endsWith("/*")) {
        bases.add(mapping.substring(0, mapping.length() - 2));
      } else {
        isClear = false;
      }
    }
    if (!isClear) {
      throw new IllegalArgumentException(
          "map the filter to a path such as /oauth/* or /token, or say in the init-param path below"
              + " which path the endpoints lie; it is mapped to "
              + mappings);
    }
    return below(bases, exact);
  }

  private static EndpointPaths below(List<String> bases, Map<String, Destination> endpoints) {
    for (String base : bases) {
      for (Map.Entry<String, Destination> endpoint : ENDPOINTS.entrySet()) {
        endpoints.put(base + endpoint.getKey(), endpoint.getValue());
      }
    }
    return new EndpointPaths(Map.copyOf(endpoints), List.copyOf(bases), false);
  }

  /**
   * The same with the metadata at the well-known path of the application, if a mapping reaches it:
   * "inserting /.well-known/ ... between the host component and the path component" of the issuer
   * (RFC 8414 s3).
   */
  EndpointPaths withMetadata(URI issuer) {
    Map<String, Destination> more = new HashMap<>(endpoints);
    more.put(METADATA, Destination.METADATA);
    more.put(METADATA + issuer.getPath().replaceAll("/+$", ""), Destination.METADATA);
    return new EndpointPaths(Map.copyOf(more), bases, hasErrorPages);
  }

  /** Below which path the endpoints lie; there is none where the filter is on exact paths. */
  Optional<String> base() {
    return bases.isEmpty() ? Optional.empty() : Optional.of(bases.get(0));
  }

  /**
   * The same with the pages behind {@code error_uri}; a filter on exact paths has no place for
   * them.
   */
  EndpointPaths withErrorPages() {
    return new EndpointPaths(endpoints, bases, !bases.isEmpty());
  }

  /** Where the token endpoint is within the application; where it has several, the first. */
  String tokenPath() {
    return bases.isEmpty() ? of(Destination.TOKEN).get(0) : bases.get(0) + "/token";
  }

  /** Where clients authenticate within the application; the token endpoint first. */
  List<String> clientPaths() {
    Set<String> paths = new LinkedHashSet<>(List.of(tokenPath()));
    paths.addAll(of(Destination.TOKEN, Destination.INTROSPECT, Destination.REVOKE));
    return List.copyOf(paths);
  }

  /** Where users are sent, within the application; a filter on exact paths has no such place. */
  Optional<String> authorizationPath() {
    return base().map(below -> below + "/authorize");
  }

  /** The paths that lead to one of these, in alphabetical order. */
  private List<String> of(Destination... destinations) {
    List<Destination> wanted = List.of(destinations);
    List<String> paths = new ArrayList<>();
    for (Map.Entry<String, Destination> endpoint : endpoints.entrySet()) {
      if (wanted.contains(endpoint.getValue())) {
        paths.add(endpoint.getKey());
      }
    }
    Collections.sort(paths);
    return paths;
  }

  /** Below which path the pages behind {@code error_uri} are served, if they are. */
  Optional<String> errorPagesBase() {
    return hasErrorPages ? Optional.of(bases.get(0)) : Optional.empty();
  }

  private static boolean isExact(String mapping) {
    return mapping.startsWith("/") && !mapping.endsWith("/*") && mapping.length() > 1;
  }

  /** Where {@code request} leads. */
  Destination destination(HttpServletRequest request) {
    String path = path(request);
    Destination endpoint = endpoints.get(path);
    if (endpoint != null && isClean(path, request)) {
      return endpoint;
    }
    if (isStyle(path) && isClean(path, request)) {
      return Destination.ERRORS;
    }
    if (hasErrorPages && isBelowErrors(path) && isClean(path, request)) {
      return isTraces(errorPage(request)) ? Destination.TRACES : Destination.ERRORS;
    }
    // Some containers cut the path at a semicolon before they map it: the URI has all of it.
    return isEndpoint(CanonicalPath.of(path)) || isEndpoint(CanonicalPath.of(request))
        ? Destination.NOWHERE
        : Destination.ELSEWHERE;
  }

  /**
   * Which endpoint {@code request} is for, however it was spelled; {@code /} of another resource.
   */
  String endpoint(HttpServletRequest request) {
    String path = CanonicalPath.of(request);
    return endpoints.containsKey(path) ? path : "/";
  }

  private boolean isEndpoint(String canonical) {
    return endpoints.containsKey(canonical) || isReserved(canonical);
  }

  /**
   * What follows {@code errors} in the path of a request that leads to {@link Destination#ERRORS}.
   */
  String errorPage(HttpServletRequest request) {
    String path = path(request);
    for (String base : bases) {
      if (isErrorsOrBelow(path, base)) {
        return path.substring(base.length() + ERRORS.length());
      }
    }
    throw new IllegalArgumentException("not below errors");
  }

  /** All pages need it, those of the authorization endpoint too. */
  private boolean isStyle(String path) {
    return bases.stream().anyMatch(base -> path.equals(base + ERRORS + "/style.css"));
  }

  private static boolean isTraces(String page) {
    return page.equals("/doctor")
        || page.equals("/dry-run")
        || page.equals("/traces")
        || page.startsWith("/traces/");
  }

  private boolean isBelowErrors(String path) {
    for (String base : bases) {
      if (isErrorsOrBelow(path, base)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isErrorsOrBelow(String path, String base) {
    int end = base.length() + ERRORS.length();
    return path.startsWith(base)
        && path.startsWith(ERRORS, base.length())
        && (path.length() == end || path.charAt(end) == '/');
  }

  private boolean isReserved(String path) {
    for (String base : bases) {
      for (String name : RESERVED) {
        if (path.equals(base + "/" + name) || path.startsWith(base + "/errors/")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Some containers have all of it in the one, some in the other. */
  private static String path(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      return part(request.getAttribute("jakarta.servlet.include.servlet_path"))
          + part(request.getAttribute("jakarta.servlet.include.path_info"));
    }
    return part(request.getServletPath()) + part(request.getPathInfo());
  }

  private static String part(@Nullable Object text) {
    return text == null ? "" : text.toString();
  }

  /** What the container decoded and tidied up is the very path that was sent. */
  private static boolean isClean(String path, HttpServletRequest request) {
    String sent = request.getRequestURI();
    String context = request.getContextPath();
    return request.getDispatcherType() != DispatcherType.INCLUDE
        && sent.length() == context.length() + path.length()
        && sent.startsWith(context)
        && sent.endsWith(path);
  }
}
