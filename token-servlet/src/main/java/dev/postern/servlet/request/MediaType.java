package dev.postern.servlet.request;

import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether a body is a form in UTF-8, by its headers (RFC 6749 appendix B). */
public final class MediaType {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Registered ones and their like; neither part has more than 64 characters. */
  private static final Pattern TYPE = Pattern.compile("[a-z]{1,20}/[a-z0-9.+*-]{1,64}");

  private MediaType() {}

  /** Passes what is a form; charset absent or UTF-8, no content encoding. */
  public static Outcome<HttpServletRequest> check(HttpServletRequest request) {
    return check(
        request,
        HeaderLines.of(request, "Content-Type"),
        HeaderLines.of(request, "Content-Encoding"));
  }

  /** Passes {@code request}, whose headers of these names have these values, likewise. */
  public static <T> Outcome<T> check(T request, List<String> types, List<String> encodings) {
    if (types.size() != 1 || !isForm(types.get(0))) {
      return Outcome.refused(
          Refusal.of(StandardReason.MEDIA_TYPE_UNSUPPORTED).withDetail(inWords(types)));
    }
    if (!isUtf8(types.get(0))) {
      return Outcome.refused(StandardReason.CHARSET_UNSUPPORTED);
    }
    for (String encoding : encodings) {
      if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
        return Outcome.refused(StandardReason.CONTENT_ENCODING_UNSUPPORTED);
      }
    }
    return Outcome.of(request);
  }

  /** What was sent, without anything that a media type may not hold, and without its parameters. */
  private static String inWords(List<String> types) {
    if (types.isEmpty()) {
      return "no Content-Type header";
    }
    if (types.size() > 1) {
      return types.size() + " Content-Type headers";
    }
    String bare = bare(types.get(0));
    return TYPE.matcher(bare).matches() ? "sent as " + bare : "sent as what is no media type";
  }

  private static boolean isForm(String type) {
    return bare(type).equals(FORM);
  }

  private static String bare(String type) {
    int semicolon = type.indexOf(';');
    String bare = semicolon < 0 ? type : type.substring(0, semicolon);
    return bare.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Every {@code charset} has to be UTF-8, should there be several; other parameters do not matter.
   * A quoted string, which may hold semicolons (RFC 9110 s5.6.6), is a whole value and has an end:
   * no other quote hides what stands behind it.
   */
  private static boolean isUtf8(String type) {
    boolean isUtf8 = true;
    boolean isQuoted = false;
    int start = 0;
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      if (c == '"' && (isQuoted || type.indexOf('=', start) == i - 1)) {
        isQuoted = !isQuoted;
      } else if (c == '\\' && isQuoted) {
        i++;
      } else if (c == ';' && !isQuoted) {
        isUtf8 &= isUtf8IfCharset(type.substring(start, i));
        start = i + 1;
      }
    }
    return isUtf8 && !isQuoted && isUtf8IfCharset(type.substring(start));
  }

  private static boolean isUtf8IfCharset(String parameter) {
    String[] pair = parameter.split("=", 2);
    if (!pair[0].strip().equalsIgnoreCase("charset")) {
      return true;
    }
    String charset = pair.length < 2 ? "" : unquoted(pair[1].strip());
    return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
  }

  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }
}
