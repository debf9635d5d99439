package dev.postern.it.probe;

import jakarta.json.Json;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Says what it was asked, and where the application's classes came from. */
public final class EchoFilter implements Filter {
  private static final System.Logger LOG = System.getLogger("dev.postern.probe");

  /** Made by the container. */
  public EchoFilter() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    String refusal = config.getInitParameter("refuse");
    if (refusal != null) {
      throw new ServletException(refusal);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException {
    HttpServletRequest http = (HttpServletRequest) request;
    String body = new String(http.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    LOG.log(System.Logger.Level.DEBUG, "echo {0}", body);
    response.setContentType("application/json");
    response
        .getOutputStream()
        .write(
            Json.createObjectBuilder()
                .add("method", http.getMethod())
                .add("path", http.getRequestURI())
                .add("secure", http.isSecure())
                .add("body", body)
                .add("json-from", source(Json.class))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void destroy() {}

  private static String source(Class<?> type) {
    return Objects.toString(type.getProtectionDomain().getCodeSource());
  }
}
