package dev.postern.it;

import java.util.Locale;

/**
 * What some servers decide before the filter sees a request, or add to its answer: where a
 * container has one, the contract asserts what is said here, and what Postern answers where it has
 * not. None lets a request past the checks, or a token into a cache. The table in {@code
 * docs/containers.md} is held to these words.
 */
public enum Quirk {
  BAD_ESCAPE_IN_QUERY(
      "a bad escape in the query, `?tenant=%zz`, whoever's parameter it is in",
      "refused, 400 without a body"),
  LENGTH_BEYOND_ITS_LIMIT(
      "a `Content-Length` of 2 GB and more", "refused, 400 or 413 without a body"),
  LOOSE_LENGTH(
      "a `Content-Length` that comes twice with two values, or of more than 64 bits",
      "the first counts; after our 413 to the other its body is waited for. RFC 9112 s6.3 has"
          + " servers refuse both. One that is no number is taken for none, the body for empty"),
  BROKEN_CHUNKS(
      "chunks that are broken or cut off", "the connection ends, often without an answer"),
  CHUNK_EXTENSIONS("extensions of a chunk, `1d;a=b`", "refused, 400 without a body"),
  EMPTY_CHUNKS(
      "a body of no chunks",
      "taken for one that an earlier filter consumed: 1020 instead of 1034, both 400"),
  BODY_OF_DELETE("a `DELETE` with a body", "refused, 400 without a body, instead of our 405"),
  CUT_OFF_BODY("a body shorter than its length", "the connection ends without an answer"),
  ANY_CASE_OF_METHOD("a method in lower case, `post`", "taken for `POST`, instead of 405"),
  ENCODED_SLASH(
      "`/oauth%2ftoken`",
      "part of a name: another resource of the application, outside of the filter's mapping"),
  BACKSLASH(
      "`/oauth\\token`",
      "part of a name: another resource of the application, outside of the filter's mapping"),
  ENCODED_BACKSLASH(
      "`/oauth%5ctoken`",
      "part of a name: another resource of the application, outside of the filter's mapping"),
  DOTS_WITH_SEMICOLON(
      "`/x/..;/oauth/token`",
      "not resolved: another resource of the application, outside of the filter's mapping"),
  DOT_SEGMENT(
      "`/./oauth/token`",
      "not resolved: another resource of the application, outside of the filter's mapping"),
  HASH_IN_PATH("`%23` in the path", "refused, 400"),
  DOUBLE_SLASH(
      "`//oauth/token`",
      "not mapped to a filter at `/oauth/*`: another resource of the application. Others hand it to"
          + " the filter, which answers 404"),
  TAB_IN_HEADER(
      "a tab within a header, `Basic<tab>YmF0Y2g6eA==`",
      "made a space, so that the credentials can be read"),
  LATIN_1_IN_HEADER(
      "an octet beyond ASCII in a header, even in one that nobody asks for",
      "refused, 400 without a body"),
  SESSION_AT_LOGIN(
      "the password grant has the container's realm check the password",
      "that makes a session, which we end: the answer has a `Set-Cookie` that deletes its cookie"),
  COOKIE_AT_LOGIN(
      "a filter before ours logs a user in",
      "that sets a cookie of the server's, and in Liberty adds `no-cache=set-cookie` to the"
          + " `Cache-Control` of our answer"),
  PAGE_AFTER_EXCEPTION(
      "an endpoint behind `TokenGuard` throws",
      "the server's own page has none of the headers set before, so no `no-store` either; a 500 is"
          + " kept by no cache (RFC 9110 s15.1)"),
  ERROR_PAGE_BY_GET(
      "an error page of the application that is mapped to the filter",
      "asked for by `GET` since Servlet 6.1, whatever the request was: 405, where older servers"
          + " answer 400");

  private final String when;
  private final String then;

  Quirk(String when, String then) {
    this.when = when;
    this.then = then;
  }

  /** The request that servers differ in. */
  public String when() {
    return when;
  }

  /** What becomes of it where this is so, and how to change that where one can. */
  public String then() {
    return then;
  }

  /** As in {@code encoded slash}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
