package dev.postern.it.app;

import dev.postern.servlet.ClientPrincipal;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A token endpoint of an application's own. How it reads its parameters says the header X-Read, how
 * it tries to have its answer kept by caches the header X-Leak.
 */
public final class LegacyServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Made by the container. */
  public LegacyServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String seen = seen(request);
    String leak = request.getHeader("X-Leak");
    leak(leak == null ? "not" : leak, response);
    if (!response.isCommitted()) {
      response.setContentType("text/plain;charset=UTF-8");
      response.getOutputStream().write(seen.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String seen(HttpServletRequest request) throws IOException {
    String how = request.getHeader("X-Read");
    switch (how == null ? "parameter" : how) {
      case "parameter":
        return "grant_type=" + request.getParameter("grant_type");
      case "values":
        return String.join(",", request.getParameterValues(request.getHeader("X-Name")));
      case "map":
        Map<String, String> parameters = new TreeMap<>();
        request
            .getParameterMap()
            .forEach((name, values) -> parameters.put(name, String.join(",", values)));
        return parameters.toString();
      case "names":
        return Collections.list(request.getParameterNames()).toString();
      case "reader":
        try (BufferedReader reader = request.getReader()) {
          return reader.lines().collect(Collectors.joining("\n"));
        }
      case "stream":
        return new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      case "length":
        return request.getContentLength()
            + " "
            + request.getContentLengthLong()
            + " "
            + request.getHeader("Content-Length")
            + " "
            + request.getIntHeader("Content-Length")
            + " "
            + request.getInputStream().readAllBytes().length
            + " "
            + request.getHeader("Transfer-Encoding");
      case "authorization":
        return request.getHeader("authorization")
            + " "
            + Collections.list(request.getHeaders("AUTHORIZATION"));
      case "principal":
        ClientPrincipal client = (ClientPrincipal) request.getUserPrincipal();
        return String.join(
            " ",
            client.getName(),
            client.isPublic() ? "public" : "confidential",
            request.getRemoteUser(),
            request.getAuthType(),
            Boolean.toString(request.isUserInRole("user")),
            Boolean.toString(request.isUserInRole("*")));
      default:
        throw new IllegalArgumentException("how?");
    }
  }

  private static void leak(String how, HttpServletResponse response)
      throws IOException, ServletException {
    switch (how) {
      case "set":
        response.setHeader("Cache-Control", "public, max-age=3600");
        response.setHeader("pragma", "cache");
        break;
      case "add":
        response.addHeader("cache-control", "public");
        response.addHeader("PRAGMA", "cache");
        break;
      case "dates":
        response.setDateHeader("Expires", System.currentTimeMillis() + 3_600_000);
        response.addDateHeader("expires", System.currentTimeMillis() + 3_600_000);
        break;
      case "numbers":
        response.setIntHeader("Cache-Control", 1);
        response.addIntHeader("Pragma", 1);
        break;
      case "reset":
        response.setHeader("X-Gone", "1");
        response.reset();
        break;
      case "reset buffer":
        response.resetBuffer();
        break;
      case "error":
        response.sendError(HttpServletResponse.SC_FORBIDDEN, "not today");
        break;
      case "redirect":
        response.sendRedirect("/elsewhere");
        break;
      case "flush":
        response.flushBuffer();
        response.setHeader("Cache-Control", "public");
        break;
      case "exception":
        throw new ServletException("broken");
      default:
        break;
    }
  }
}
