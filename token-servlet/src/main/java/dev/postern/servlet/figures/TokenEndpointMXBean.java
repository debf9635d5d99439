package dev.postern.servlet.figures;

import java.util.List;
import java.util.Map;

/**
 * The figures of one {@code TokenFilter} since it started, as {@code
 * dev.postern:type=TokenEndpoint,context="/shop",filter="oauth"}. Of open types only, so that any
 * console can show them. What came from outside is escaped and cut; there is no credential.
 */
public interface TokenEndpointMXBean {

  /** How many codes the authorization endpoint has issued. */
  long getCodesIssued();

  /** How many requests were answered with new tokens. */
  long getIssued();

  /** How many were answered with the tokens of a moment ago once more. */
  long getRepeated();

  /** How many requests were refused. */
  long getRefused();

  /** The same by number and private cause, such as {@code TOK2102 SECRET_MISMATCH}. */
  Map<String, Long> getRefusedByCause();

  /** How many times a spent code or refresh token came again from its own client. */
  long getReplayed();

  /** How many times tokens were taken back. */
  long getRevoked();

  /** How many times a client and address had failed too often. */
  long getLockedOut();

  /** The latest of these, the newest first, at most 100: when, client, source, how many since. */
  List<String> getRecentLockOuts();

  /**
   * How many forms that clients posted were answered within so many milliseconds, but not within
   * the bound before; under {@link Integer#MAX_VALUE} those that took longer than all bounds.
   */
  Map<Integer, Long> getLatencyMillis();

  /** {@code memory}, {@code database}, or the class of the application's own store. */
  String getStoreKind();

  /** How many codes, families and access tokens are held in memory; -1 where that is not known. */
  long getStoreEntries();

  /**
   * How many refusals the administrator's pages lack on other nodes: too many at once, or the
   * database was away.
   */
  long getTracesDropped();

  /** When something needed was last not available, and why; empty when that never was so. */
  String getLastFailure();
}
