package dev.postern.servlet;

import dev.postern.core.Check;
import dev.postern.core.ErrorCode;
import dev.postern.core.Reason;

/** A reason of an application. */
record OwnReason(ErrorCode code) implements Reason {
  OwnReason() {
    this(ErrorCode.INVALID_REQUEST);
  }

  @Override
  public int number() {
    return 7001;
  }

  @Override
  public String name() {
    return "OWN";
  }

  @Override
  public Check check() {
    return Check.GRANT;
  }

  @Override
  public String section() {
    return "RFC 6749 s4.5";
  }

  @Override
  public String text() {
    return "not on Sundays";
  }
}
