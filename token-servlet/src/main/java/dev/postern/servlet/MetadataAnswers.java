package dev.postern.servlet;

import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Tells everybody what this authorization server can do (RFC 8414 s3). Without an issuer there is
 * nothing to tell: "issuer REQUIRED" (s2). Thread-safe.
 */
final class MetadataAnswers {
  private final HttpFront front;
  private final JsonAnswers answers;
  private final Optional<Map<String, Object>> members;

  MetadataAnswers(HttpFront front, JsonAnswers answers, Optional<Metadata> metadata) {
    this.front = front;
    this.answers = answers;
    this.members = metadata.map(Metadata::members);
  }

  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (members.isEmpty()) {
      Refusal refusal =
          Refusal.of(StandardReason.NO_SUCH_ENDPOINT)
              .withDetail("there are metadata only where the setting issuer is");
      front.refuse(refusal, "", request, response);
    } else if (!PageWriter.refusesMethod(request, response)) {
      answers.writePublic(members.get(), response);
    }
  }
}
