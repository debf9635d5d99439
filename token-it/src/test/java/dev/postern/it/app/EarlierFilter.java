package dev.postern.it.app;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.Principal;

/**
 * A filter before Postern's, of the many that applications have; the header X-Earlier says which.
 */
public final class EarlierFilter implements Filter {
  /** Made by the container. */
  public EarlierFilter() {}

  /** Only since Servlet 4.0 a filter may do without. */
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(prepared((HttpServletRequest) request), response);
  }

  private static HttpServletRequest prepared(HttpServletRequest request)
      throws IOException, ServletException {
    String how = request.getHeader("X-Earlier");
    switch (how == null ? "nothing" : how) {
      case "parameter":
        ignoringFailure(() -> request.getParameter("grant_type"));
        return request;
      case "parameter in UTF-8":
        request.setCharacterEncoding("UTF-8");
        ignoringFailure(() -> request.getParameter("grant_type"));
        return request;
      case "parameter in ISO 8859-1":
        request.setCharacterEncoding("ISO-8859-1");
        ignoringFailure(() -> request.getParameter("grant_type"));
        return request;
      case "map":
        ignoringFailure(request::getParameterMap);
        return request;
      case "encoding":
        request.setCharacterEncoding("ISO-8859-1");
        return request;
      case "stream":
        request.getInputStream().readAllBytes();
        return request;
      case "one octet":
        request.getInputStream().read();
        return request;
      case "reader":
        request.getReader();
        return request;
      case "reader to its end":
        while (request.getReader().read() >= 0) {
          // on
        }
        return request;
      case "cache":
        return new Cached(request);
      case "principal":
        return new Known(request);
      case "administrator":
        return new Administrator(request);
      case "login":
        request.login("alice", "wonderland");
        return request;
      default:
        return request;
    }
  }

  private static void ignoringFailure(Runnable read) {
    try {
      read.run();
    } catch (RuntimeException e) {
      // Containers throw at a bad body; filters that log parameters live with it.
    }
  }

  @Override
  public void destroy() {}

  private static final class Known extends HttpServletRequestWrapper {
    Known(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Principal getUserPrincipal() {
      return () -> "somebody";
    }
  }

  /** Somebody in every role. */
  private static final class Administrator extends HttpServletRequestWrapper {
    Administrator(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Principal getUserPrincipal() {
      return () -> "root";
    }

    @Override
    public boolean isUserInRole(String role) {
      return true;
    }
  }

  private static final class Cached extends HttpServletRequestWrapper {
    private final byte[] body;

    Cached(HttpServletRequest request) throws IOException {
      super(request);
      this.body = request.getInputStream().readAllBytes();
    }

    @Override
    public ServletInputStream getInputStream() {
      ByteArrayInputStream octets = new ByteArrayInputStream(body);
      return new ServletInputStream() {
        @Override
        public int read() {
          return octets.read();
        }

        @Override
        public boolean isFinished() {
          return octets.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new UnsupportedOperationException();
        }
      };
    }
  }
}
