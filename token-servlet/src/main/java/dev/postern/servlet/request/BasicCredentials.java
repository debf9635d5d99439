package dev.postern.servlet.request;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.IdAndSecret;
import dev.postern.core.Outcome;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Secret;
import dev.postern.core.WhiteSpace;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the {@code Authorization} header (RFC 7617 s2, RFC 6749 s2.3.1): strictly, as what two
 * readers understand differently lets one client pass for another.
 */
public final class BasicCredentials {
  private static final String SCHEME = "basic";
  private static final int MAX_LENGTH = 16_000;

  /** Symbols whose last four bits are not set, and those whose last two are not. */
  private static final String LAST_OF_ONE_OCTET = "AQgw";

  private static final String LAST_OF_TWO_OCTETS = "AEIMQUYcgkosw048";

  private BasicCredentials() {}

  /** What the {@code Authorization} header of this request holds. */
  public static AuthorizationHeader of(HttpServletRequest request) {
    return read(HeaderLines.of(request, "Authorization"));
  }

  /** What these {@code Authorization} header lines hold. */
  public static AuthorizationHeader read(List<String> lines) {
    if (lines.isEmpty()) {
      return new AuthorizationHeader.Absent();
    }
    if (lines.size() > 1) {
      return new AuthorizationHeader.Repeated();
    }
    String line = lines.get(0).strip();
    int space = line.indexOf(' ');
    if (space < 0) {
      return new AuthorizationHeader.Malformed("no credentials after the scheme");
    }
    String scheme = line.substring(0, space);
    String credentials = line.substring(space + 1).strip();
    return scheme.toLowerCase(Locale.ROOT).equals(SCHEME)
        ? basic(credentials)
        : new AuthorizationHeader.Other(scheme, Secret.of(credentials));
  }

  /** The header in the one canonical reading of s2.3.1. */
  public static String write(IdAndSecret credentials) {
    String encoded =
        FormEncoder.encode(credentials.id())
            + ":"
            + FormEncoder.encode(credentials.secret().reveal());
    return "Basic "
        + Base64.getEncoder().encodeToString(encoded.getBytes(StandardCharsets.US_ASCII));
  }

  private static AuthorizationHeader basic(String credentials) {
    if (credentials.length() > MAX_LENGTH) {
      return new AuthorizationHeader.Malformed("longer than " + MAX_LENGTH + " characters");
    }
    Optional<byte[]> octets = base64(credentials);
    if (octets.isEmpty()) {
      return new AuthorizationHeader.Malformed("not base64 in its one spelling");
    }
    Optional<String> decoded = Utf8.decode(octets.get(), 0, octets.get().length);
    if (decoded.isEmpty()) {
      return new AuthorizationHeader.Malformed("not UTF-8");
    }
    String text = decoded.get();
    // "The user-id and password MUST NOT contain any control characters" (RFC 7617 s2)
    if (!ParameterSpec.hasNoControls(text)) {
      return new AuthorizationHeader.Malformed(
          "a control character" + WhiteSpace.lineBreak(text).map(where -> ": " + where).orElse(""));
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new AuthorizationHeader.Malformed("no colon between id and secret");
    }
    return new AuthorizationHeader.Basic(
        readings(text.substring(0, colon), text.substring(colon + 1)));
  }

  /** Base64 with padding, as RFC 4648 s4 writes it and in no other way. */
  private static Optional<byte[]> base64(String text) {
    try {
      return isCanonical(text) ? Optional.of(Base64.getDecoder().decode(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What the decoder lets pass: padding left out, bits set that mean nothing (RFC 4648 s3.5). */
  private static boolean isCanonical(String text) {
    int length = text.length();
    if (length % 4 != 0) {
      return false;
    }
    if (text.endsWith("==")) {
      return LAST_OF_ONE_OCTET.indexOf(text.charAt(length - 3)) >= 0;
    }
    return !text.endsWith("=") || LAST_OF_TWO_OCTETS.indexOf(text.charAt(length - 2)) >= 0;
  }

  /**
   * The form-decoded reading first; then, as half of the real clients do not encode, the raw one;
   * then that of clients which encode the id alone. Only those that differ: most often there is
   * one.
   */
  private static List<IdAndSecret> readings(String rawId, String rawSecret) {
    String id = decode(rawId).orElse(rawId);
    String secret = decode(rawSecret).orElse(rawSecret);
    if (id.equals(rawId) && secret.equals(rawSecret)) {
      return List.of(new IdAndSecret(id, Secret.of(secret)));
    }
    List<IdAndSecret> readings = new ArrayList<>(3);
    add(readings, id, secret);
    add(readings, rawId, rawSecret);
    add(readings, id, rawSecret);
    return readings;
  }

  private static void add(List<IdAndSecret> readings, String id, String secret) {
    IdAndSecret reading = new IdAndSecret(id, Secret.of(secret));
    if (!readings.contains(reading)) {
      readings.add(reading);
    }
  }

  private static Optional<String> decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return Optional.of(text);
    }
    Outcome<String> decoded = FormDecoder.decode(text);
    return decoded
        .fold(Optional::of, refusal -> Optional.<String>empty())
        .filter(ParameterSpec::hasNoControls);
  }
}
