package dev.postern.servlet;

import dev.postern.core.AuthenticatedClient;
import dev.postern.core.Form;
import dev.postern.servlet.request.BasicCredentials;
import dev.postern.servlet.request.FormEncoder;
import dev.postern.servlet.request.KeptBody;
import dev.postern.servlet.request.QueryString;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed {@link TokenGuard}: what the guard read is all that the endpoint behind it
 * can read, however it reads. So the two can never see two different clients.
 */
final class GuardedRequest extends HttpServletRequestWrapper {
  private static final String AUTHORIZATION = "authorization";

  /** As the body is written anew: legacy libraries compare it letter by letter. */
  private static final String FORM = "application/x-www-form-urlencoded";

  private final byte[] body;
  private final Map<String, String[]> parameters = new LinkedHashMap<>();
  private final Optional<String> authorization;
  private final ClientPrincipal principal;
  private final HttpServletResponse response;

  GuardedRequest(
      HttpServletRequest request,
      Form form,
      AuthenticatedClient client,
      HttpServletResponse response) {
    super(request);
    this.response = response;
    this.body = FormEncoder.encode(form);
    this.principal = new ClientPrincipal(client.id(), client.client().isPublic());
    boolean isInHeader = request.getHeader("Authorization") != null;
    this.authorization =
        isInHeader
            ? Optional.of(
                client
                    .credentials()
                    .map(BasicCredentials::write)
                    .orElseGet(() -> request.getHeader("Authorization")))
            : Optional.empty();
    QueryString query = QueryString.parse(request.getQueryString());
    query.names().forEach(name -> parameters.put(name, query.all(name).toArray(String[]::new)));
    for (int i = 0; i < form.size(); i++) {
      String name = form.name(i);
      parameters.put(
          name,
          Stream.concat(query.all(name).stream(), form.all(name).stream()).toArray(String[]::new));
    }
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> copy = new LinkedHashMap<>();
    parameters.forEach((name, values) -> copy.put(name, values.clone()));
    return Collections.unmodifiableMap(copy);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public ServletInputStream getInputStream() {
    return new KeptBody(body);
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(
        new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
  }

  @Override
  public String getCharacterEncoding() {
    return StandardCharsets.UTF_8.name();
  }

  @Override
  public String getContentType() {
    return FORM;
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case AUTHORIZATION -> authorization.orElse(null);
      case "content-length" -> Integer.toString(body.length);
      case "content-type" -> FORM;
      case "transfer-encoding" -> null;
      default -> super.getHeader(name);
    };
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case AUTHORIZATION, "content-length", "content-type", "transfer-encoding" ->
          Collections.enumeration(Optional.ofNullable(getHeader(name)).stream().toList());
      default -> super.getHeaders(name);
    };
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names =
        Collections.list(super.getHeaderNames()).stream()
            .filter(name -> !name.equalsIgnoreCase("transfer-encoding"))
            .toList();
    return Collections.enumeration(names);
  }

  @Override
  public int getIntHeader(String name) {
    String value = getHeader(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public Principal getUserPrincipal() {
    return principal;
  }

  /** A client is no user. */
  @Override
  public @Nullable String getRemoteUser() {
    return null;
  }

  @Override
  public @Nullable String getAuthType() {
    return null;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  /** Otherwise what goes on later would see the request and the response as they were before us. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }
}
