package dev.postern.servlet;

import dev.postern.core.Refusal;
import dev.postern.servlet.events.Trace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;

/** Makes an HTTP answer of a refusal: status, challenge and body. */
sealed interface RefusalWriter permits TokenResponseWriter, BearerResponseWriter {

  void write(
      Refusal refusal,
      Instant now,
      Trace trace,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException;
}
