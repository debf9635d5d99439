package dev.postern.servlet.doctor;

/**
 * What the doctor looks for, one constant a rule, each with a page of its own. The numbers are a
 * public promise: a constant may be added, none changes its meaning.
 */
public enum FindingKind {
  /** Other filters see requests before this one. */
  FILTERS_BEFORE(10001, Severity.NOTE),
  /** One of them has read the body of a request. */
  BODY_CONSUMED(10002, Severity.WARNING),
  /** Another filter of ours answers at the token endpoint's path before this one. */
  FILTER_SHADOWED(10003, Severity.WARNING),
  /** The container asks for a login before the endpoints that clients use are reached. */
  CONSTRAINT_BEFORE(10004, Severity.WARNING),
  /** WebLogic checks Basic credentials itself. */
  WEBLOGIC_BASIC(10005, Severity.WARNING),
  /** Forms are decoded in another charset than UTF-8. */
  FORM_CHARSET(10006, Severity.NOTE),
  /** Somebody would have to log in, but nobody can. */
  LOGIN_MISSING(10007, Severity.NOTE),
  /** The container asks for a login where a bearer filter wants a token. */
  RESOURCE_CONSTRAINED(10008, Severity.WARNING),
  /** Sessions do not reach the authorization endpoint. */
  LOGIN_LOST(10009, Severity.WARNING),
  /** A proxy ends TLS, and is not trusted to say so. */
  TLS_ENDED_BEFORE(10010, Severity.WARNING),
  /** Requests come in under another name than that of the settings. */
  OTHER_ADDRESS(10011, Severity.NOTE),
  /** Tomcat checks Basic credentials itself. */
  PREEMPTIVE_BASIC(10012, Severity.WARNING),
  /** Which JSON-B there is. */
  JSON_PROVIDER(10020, Severity.NOTE),
  /** The database cannot be used. */
  DATABASE_UNAVAILABLE(10021, Severity.WARNING),
  /** The database isolates transactions too little. */
  DATABASE_ISOLATION(10022, Severity.WARNING),
  /** The clocks of this machine and of the database differ. */
  CLOCK_DIFFERENCE(10023, Severity.WARNING),
  /** There are no clients. */
  NO_CLIENTS(10030, Severity.WARNING),
  /** A secret expires soon. */
  SECRET_EXPIRES(10031, Severity.WARNING),
  /** All secrets of a client have expired. */
  NO_LIVE_SECRET(10032, Severity.WARNING),
  /** The hash of a secret is cheap to guess by. */
  SECRET_HASH_WEAK(10033, Severity.WARNING),
  /** A grant is on that no client may use. */
  GRANT_UNUSED(10034, Severity.NOTE);

  private final int number;
  private final Severity severity;

  FindingKind(int number, Severity severity) {
    this.number = number;
    this.severity = severity;
  }

  public int number() {
    return number;
  }

  public Severity severity() {
    return severity;
  }

  /** The number as it stands in log lines and on pages. */
  public String label() {
    return "TOK" + number;
  }

  /** How much it matters. */
  public enum Severity {
    /** Good to know. */
    NOTE,
    /** Something will not work, or is not safe. */
    WARNING
  }
}
