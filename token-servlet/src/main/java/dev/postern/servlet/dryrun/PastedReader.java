package dev.postern.servlet.dryrun;

import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.RequestParser;
import dev.postern.core.ResourceOwners;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenRequest;
import dev.postern.servlet.request.BasicCredentials;
import dev.postern.servlet.request.BodyReader;
import dev.postern.servlet.request.FormDecoder;
import dev.postern.servlet.request.FormRequest;
import dev.postern.servlet.request.MediaType;
import dev.postern.servlet.request.QueryString;
import java.io.ByteArrayInputStream;
import java.util.Optional;

/**
 * Reads a request that somebody pasted, by the rules and in the order in which {@link FormRequest}
 * reads one that a container has received. Knows no container, so that a command can use it; what
 * proxies add and how bodies are framed is not of interest here. Thread-safe.
 */
public final class PastedReader {
  private final String tokenPath;
  private final boolean isInsecureHttpAllowed;
  private final BodyReader bodies;

  /**
   * A reader for one endpoint.
   *
   * @param tokenPath of which only the last part counts: a proxy may rename the others
   */
  public PastedReader(String tokenPath, boolean isInsecureHttpAllowed, BodyReader bodies) {
    this.tokenPath = tokenPath;
    this.isInsecureHttpAllowed = isInsecureHttpAllowed;
    this.bodies = bodies;
  }

  /**
   * The request; {@code parser} knows the parameters of the endpoint.
   *
   * @throws IllegalArgumentException when it is for another endpoint
   */
  Outcome<TokenRequest> read(RequestParser parser, PastedRequest pasted) {
    if (!pasted.isFor(tokenPath)) {
      if (pasted.isForNeighbour()) {
        throw new UntriedException("dry.neighbour");
      }
      return Outcome.refused(StandardReason.NO_SUCH_ENDPOINT);
    }
    if (!pasted.method().equals("POST")) {
      return Outcome.refused(StandardReason.METHOD_NOT_ALLOWED);
    }
    if (!isInsecureHttpAllowed && !pasted.isHttps() && !pasted.isLoopback()) {
      return Outcome.refused(StandardReason.INSECURE_TRANSPORT);
    }
    return MediaType.check(pasted, pasted.values("Content-Type"), pasted.values("Content-Encoding"))
        .then(checked -> form(parser, checked))
        .then(form -> Outcome.of(request(pasted, form)));
  }

  private Outcome<Form> form(RequestParser parser, PastedRequest pasted) {
    Optional<String> misplaced = QueryString.parse(pasted.query()).firstName(parser::knows);
    if (misplaced.isPresent()) {
      return Outcome.refused(StandardReason.PARAMETER_IN_QUERY, misplaced.get());
    }
    byte[] body = pasted.octets();
    return bodies
        .read(new ByteArrayInputStream(body), body.length)
        .then(octets -> FormDecoder.decode(octets, octets.length));
  }

  private static TokenRequest request(PastedRequest pasted, Form form) {
    return new TokenRequest(
        BasicCredentials.read(pasted.values("Authorization")),
        form,
        pasted.isLoopback() ? "127.0.0.1" : "",
        ResourceOwners.none());
  }
}
