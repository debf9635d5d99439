package dev.postern.servlet;

import dev.postern.core.CodeGrant;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.RequestParser;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenRequest;
import dev.postern.core.TokenResult;
import dev.postern.servlet.events.Events;
import dev.postern.servlet.events.Trace;
import dev.postern.servlet.request.FormRequest;
import dev.postern.servlet.request.Transport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What both filters do with HTTP: read a token request, and settle it by telling the listeners and
 * writing the answer. Thread-safe.
 */
final class HttpFront {
  private final FormRequest reader;
  private final TokenResponseWriter writer;
  private final Cors cors;
  private final Events events;
  private final Transport transport;
  private final Function<HttpServletRequest, String> endpoints;
  private final InstantSource clock;
  private final Logger log;

  /**
   * A front.
   *
   * @param endpoints the path of the endpoint that a request is for, as refusals name it
   */
  HttpFront(
      FormRequest reader,
      TokenResponseWriter writer,
      Cors cors,
      Events events,
      Transport transport,
      Function<HttpServletRequest, String> endpoints,
      InstantSource clock,
      Logger log) {
    this.reader = reader;
    this.writer = writer;
    this.cors = cors;
    this.events = events;
    this.transport = transport;
    this.endpoints = endpoints;
    this.clock = clock;
    this.log = log;
  }

  /** The request to an endpoint whose parameters {@code parser} knows, or why it cannot be read. */
  Outcome<TokenRequest> read(RequestParser parser, HttpServletRequest request) {
    return reader.read(parser, request);
  }

  /** The parameters of an authorization request, or why they cannot be read. */
  Outcome<Form> readAuthorization(HttpServletRequest request, Predicate<String> isOurs) {
    return reader.readAuthorization(request, isOurs);
  }

  /**
   * Answers a browser that asks if it may send a request by one of {@code methods}; {@code false}
   * if that is not asked.
   */
  boolean answersPreflight(
      String methods, HttpServletRequest request, HttpServletResponse response) {
    if (!cors.isPreflight(request)) {
      return false;
    }
    cors.answerPreflight(methods, request, response);
    writer.writeEmpty(response);
    return true;
  }

  /** Lets a browser client read the answer that somebody else will write. */
  void allowOrigin(HttpServletRequest request, HttpServletResponse response) {
    cors.allow(request, response);
  }

  /** Answers with tokens. */
  void issue(TokenResult.Issued issued, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    cors.allow(request, response);
    events.count(issued);
    if (events.wantIssued()) {
      events.issued(issued, clock.instant(), Trace.of(request), transport.source(request));
    }
    writer.write(issued, response);
  }

  /** Answers with a JSON object of these members. */
  void tell(Map<String, Object> members, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    cors.allow(request, response);
    writer.write(members, response);
  }

  /** Tells the listeners that a user goes back to a client with a code. */
  void noteCode(CodeGrant grant, HttpServletRequest request) {
    events.codeIssued(grant, clock.instant(), Trace.of(request), transport.source(request));
  }

  /** Tells the listeners that a client gave a token back. */
  void noteRevoked(String clientId, HttpServletRequest request) {
    events.revoked(clientId, clock.instant(), Trace.of(request), transport.source(request));
  }

  /** Answers that what was asked for is done. */
  void tellDone(HttpServletRequest request, HttpServletResponse response) {
    cors.allow(request, response);
    writer.writeDone(response);
  }

  /** Answers with a refusal; {@code clientId} is whom the request claimed to come from. */
  void refuse(
      Refusal refusal, String clientId, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    refuse(new TokenResult.Refused(refusal, clientId), request, response);
  }

  /** Answers with a refusal. */
  void refuse(TokenResult.Refused refused, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    refuse(refused, writer, request, response);
  }

  /** Answers with a refusal as {@code how} writes it. */
  void refuse(
      TokenResult.Refused refused,
      RefusalWriter how,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    refuse(refused, Trace.of(request), how, request, response);
  }

  /** A request, come at {@code start} on {@link System#nanoTime}, was answered. */
  void tookSince(long start) {
    events.took(System.nanoTime() - start);
  }

  /** Answers that there is no endpoint at this path. */
  void refusePath(HttpServletRequest request, HttpServletResponse response) throws IOException {
    refuse(Refusal.of(StandardReason.NO_SUCH_ENDPOINT), "", request, response);
  }

  /**
   * Answers after a bug, ours or an extension's, of which a class may be missing; its stack trace
   * is found by the id in the answer.
   */
  void fail(Throwable bug, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    fail(bug, writer, request, response);
  }

  /** Answers after a bug as {@code how} writes it. */
  void fail(
      Throwable bug, RefusalWriter how, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Trace trace = Trace.of(request);
    refuse(new TokenResult.Refused(bug(bug, trace), ""), trace, how, request, response);
  }

  /** Logs a bug; what to answer with. */
  Refusal bug(Throwable bug, Trace trace) {
    log.log(Level.ERROR, "a bug, trace_id=" + trace.traceId(), bug);
    return Refusal.of(StandardReason.INTERNAL_ERROR).withDetail(bug.getClass().getName());
  }

  /** Tells of a refusal that somebody else answers with. */
  void note(Refusal refusal, String clientId, Trace trace, HttpServletRequest request) {
    events.refused(
        new TokenResult.Refused(refusal, clientId),
        clock.instant(),
        trace,
        transport.source(request),
        endpoints.apply(request));
  }

  private void refuse(
      TokenResult.Refused refused,
      Trace trace,
      RefusalWriter how,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Instant now = clock.instant();
    cors.allow(request, response);
    events.refused(refused, now, trace, transport.source(request), endpoints.apply(request));
    how.write(refused.refusal(), now, trace, request, response);
  }
}
