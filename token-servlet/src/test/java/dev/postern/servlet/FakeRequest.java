package dev.postern.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request without a container. What a test did not say and the Servlet API has no plain answer
 * for throws, so that nobody reads what was not meant to be read.
 */
public final class FakeRequest {
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, String[]> parameters = new LinkedHashMap<>();
  private String method = "POST";
  private String contextPath = "/shop";
  private String servletPath = "/oauth/token";
  private String pathInfo;
  private String uri;
  private String query;
  private String remoteAddr = "203.0.113.7";
  private String localAddr = "192.0.2.1";
  private boolean isSecure = true;
  private boolean isReaderTaken;
  private DispatcherType dispatcherType = DispatcherType.REQUEST;
  private InputStream body = InputStream.nullInputStream();
  private long declared = -1;
  private String protocol = "HTTP/1.1";
  private Login login = (name, password) -> {};
  private Logout logout = () -> {};
  private Principal user;
  private HttpSession session;

  /** What the container's realm does. */
  public interface Login {
    void check(String name, String password) throws ServletException;
  }

  /** What the container does at the end. */
  public interface Logout {
    void run() throws ServletException;
  }

  public static FakeRequest post() {
    return new FakeRequest();
  }

  public FakeRequest method(String name) {
    method = name;
    return this;
  }

  public FakeRequest header(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  public FakeRequest query(String text) {
    query = text;
    return this;
  }

  FakeRequest path(String context, String servlet, String info, String requestUri) {
    contextPath = context;
    servletPath = servlet;
    pathInfo = info;
    uri = requestUri;
    return this;
  }

  FakeRequest dispatched(DispatcherType type) {
    dispatcherType = type;
    return this;
  }

  FakeRequest attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  public FakeRequest parameter(String name, String... values) {
    parameters.put(name, values);
    return this;
  }

  public FakeRequest plain() {
    isSecure = false;
    return this;
  }

  public FakeRequest from(String remote) {
    remoteAddr = remote;
    return this;
  }

  public FakeRequest to(String local) {
    localAddr = local;
    return this;
  }

  public FakeRequest body(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    body = new ByteArrayInputStream(octets);
    declared = octets.length;
    return header("Content-Type", "application/x-www-form-urlencoded");
  }

  /** An earlier filter has taken the reader. */
  public FakeRequest readerTaken() {
    isReaderTaken = true;
    return this;
  }

  public FakeRequest protocol(String name) {
    protocol = name;
    return this;
  }

  public FakeRequest declared(long length) {
    declared = length;
    return this;
  }

  public FakeRequest login(Login realm) {
    login = realm;
    return this;
  }

  public FakeRequest logout(Logout end) {
    logout = end;
    return this;
  }

  public FakeRequest user(Principal principal) {
    user = principal;
    return this;
  }

  public FakeRequest session(HttpSession existing) {
    session = existing;
    return this;
  }

  public Principal user() {
    return user;
  }

  public HttpServletRequest build() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, called, arguments) -> answer(called.getName(), arguments));
  }

  private Object answer(String called, Object[] arguments) throws Exception {
    return switch (called) {
      case "getMethod" -> method;
      case "getContextPath" -> contextPath;
      case "getServletPath" -> servletPath;
      case "getPathInfo" -> pathInfo;
      case "getRequestURI" ->
          uri != null ? uri : contextPath + servletPath + (pathInfo == null ? "" : pathInfo);
      case "getQueryString" -> query;
      case "getRemoteAddr" -> remoteAddr;
      case "getLocalAddr" -> localAddr;
      case "isSecure" -> isSecure;
      case "getDispatcherType" -> dispatcherType;
      case "getAttribute" -> attributes.get(arguments[0]);
      case "getParameterMap" -> parameters;
      case "getHeader" -> values(arguments[0]).stream().findFirst().orElse(null);
      case "getHeaders" -> Collections.enumeration(values(arguments[0]));
      case "getHeaderNames" ->
          Collections.enumeration(headers.stream().map(Map.Entry::getKey).distinct().toList());
      case "getContentLengthLong" -> declared;
      case "getProtocol" -> protocol;
      case "getCharacterEncoding" -> null;
      case "getContentType" -> values("Content-Type").stream().findFirst().orElse(null);
      case "getInputStream" -> {
        if (isReaderTaken) {
          throw new IllegalStateException("getReader() has been called");
        }
        yield new Body(body);
      }
      case "getUserPrincipal" -> user;
      case "getRemoteUser" -> user == null ? null : user.getName();
      case "getSession" -> session;
      case "login" -> {
        login.check((String) arguments[0], (String) arguments[1]);
        yield null;
      }
      case "logout" -> {
        logout.run();
        yield null;
      }
      default -> throw new UnsupportedOperationException(called);
    };
  }

  private List<String> values(Object name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase((String) name))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static final class Body extends ServletInputStream {
    private final InputStream octets;

    Body(InputStream octets) {
      this.octets = octets;
    }

    @Override
    public int read() throws IOException {
      return octets.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return octets.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      try {
        return octets.available() == 0;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public boolean isReady() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
