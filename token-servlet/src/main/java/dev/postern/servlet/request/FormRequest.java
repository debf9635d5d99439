package dev.postern.servlet.request;

import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.RequestParser;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenRequest;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a token request out of HTTP: method, transport, media type, framing, query, body,
 * credentials, in this order. Nothing that the container parsed is believed, save when an earlier
 * filter has consumed the body. Thread-safe.
 */
public final class FormRequest {
  private final Transport transport;
  private final BodyReader bodies;
  private final ConsumedBody consumed;

  public FormRequest(Transport transport, BodyReader bodies, ConsumedBody consumed) {
    this.transport = transport;
    this.bodies = bodies;
    this.consumed = consumed;
  }

  /**
   * The request, as far as HTTP has to be known to read it; {@code parser} knows the parameters of
   * the endpoint.
   */
  public Outcome<TokenRequest> read(RequestParser parser, HttpServletRequest request) {
    // "The client MUST use the HTTP \"POST\" method" (s3.2)
    if (!request.getMethod().equals("POST")) {
      return Outcome.refused(StandardReason.METHOD_NOT_ALLOWED);
    }
    return postedForm(request, parser::knows).then(form -> Outcome.of(tokenRequest(request, form)));
  }

  private TokenRequest tokenRequest(HttpServletRequest request, Form form) {
    return new TokenRequest(
        BasicCredentials.of(request), form, transport.source(request), new ContainerLogin(request));
  }

  /**
   * The parameters of an authorization request: "MUST support the use of the HTTP \"GET\" method
   * [...] and MAY support the use of the \"POST\" method as well" (s3.1). In the query of the one,
   * in the body of the other.
   *
   * @param isOurs knows the names of its parameters
   */
  public Outcome<Form> readAuthorization(HttpServletRequest request, Predicate<String> isOurs) {
    return switch (request.getMethod()) {
      case "GET" -> transport.check(request).then(FormRequest::queryForm);
      case "POST" -> postedForm(request, isOurs);
      default -> Outcome.refused(StandardReason.METHOD_NOT_ALLOWED);
    };
  }

  /** The form that a page of our own has posted. */
  public Outcome<Form> readForm(HttpServletRequest request) {
    return postedForm(request, name -> false);
  }

  private static Outcome<Form> queryForm(HttpServletRequest request) {
    byte[] octets =
        Objects.requireNonNullElse(request.getQueryString(), "").getBytes(StandardCharsets.UTF_8);
    return FormDecoder.decode(octets, octets.length);
  }

  private Outcome<Form> postedForm(HttpServletRequest request, Predicate<String> isOurs) {
    return transport
        .check(request)
        .then(MediaType::check)
        .then(Framing::check)
        .then(checked -> form(checked, isOurs));
  }

  private Outcome<Form> form(HttpServletRequest request, Predicate<String> isOurs) {
    // "Parameters ... MUST NOT be included in the request URI" (s2.3.1)
    QueryString query = QueryString.parse(request.getQueryString());
    Optional<String> misplaced = query.firstName(isOurs);
    if (misplaced.isPresent()) {
      return Outcome.refused(StandardReason.PARAMETER_IN_QUERY, misplaced.get());
    }
    // Who expects a 100 is told to go on as soon as the stream is asked for: "an immediate response
    // with a final status code" is due where the length alone decides (RFC 9110 s10.1.1).
    return bodies
        .admit(request.getContentLengthLong())
        .then(length -> body(request, query, length));
  }

  private Outcome<Form> body(HttpServletRequest request, QueryString query, long declared) {
    ServletInputStream body;
    try {
      body = request.getInputStream();
    } catch (IOException | IllegalStateException e) {
      // The earlier filter took the reader: there is no stream any more.
      return consumed.form(request, query, true);
    }
    boolean isAtEnd = body.isFinished();
    boolean hasChunks = hasChunks(request);
    boolean mayBeConsumed = declared > 0 || hasChunks || isFramedBelow(request);
    boolean isCertain = declared > 0 || (hasChunks && isAtEnd);
    return bodies
        .read(body, declared)
        .then(
            octets ->
                octets.length == 0 && mayBeConsumed
                    ? consumed.form(request, query, isCertain)
                    : FormDecoder.decode(octets, octets.length));
  }

  /** From HTTP/2 on, a body has neither to be announced nor chunked (RFC 9113 s8.1). */
  private static boolean isFramedBelow(HttpServletRequest request) {
    return request.getContentLengthLong() < 0
        && (request.getProtocol().startsWith("HTTP/2")
            || request.getProtocol().startsWith("HTTP/3"));
  }

  private static boolean hasChunks(HttpServletRequest request) {
    return request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null;
  }
}
