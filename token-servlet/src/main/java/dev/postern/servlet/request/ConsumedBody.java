package dev.postern.servlet.request;

import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.StandardReason;
import dev.postern.servlet.doctor.FindingKind;
import dev.postern.servlet.doctor.Sightings;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The form of a request whose body an earlier filter has consumed: what the container kept of it.
 * No parameter that we know stands in the query by now, so those that the container reports are the
 * body's. Thread-safe.
 */
public final class ConsumedBody {
  private final Sightings sightings;

  public ConsumedBody(Sightings sightings) {
    this.sightings = sightings;
  }

  /**
   * What the container reports, without what stands in the query.
   *
   * @param isCertain whether there was a body; else one of which nothing is reported was empty
   */
  Outcome<Form> form(HttpServletRequest request, QueryString query, boolean isCertain) {
    Map<String, String[]> reported;
    try {
      reported = request.getParameterMap();
    } catch (RuntimeException e) {
      // Containers refuse a bad body here with exceptions of all sorts.
      warn();
      return Outcome.refused(StandardReason.BODY_CONSUMED);
    }
    if (reported.size() > FormDecoder.MAX_PARAMETERS + query.names().size()) {
      return Outcome.refused(StandardReason.TOO_MANY_PARAMETERS);
    }
    Form.Builder form = Form.builder();
    for (Map.Entry<String, String[]> parameter : reported.entrySet()) {
      if (!query.names().contains(parameter.getKey())) {
        for (String value : parameter.getValue()) {
          form.add(repaired(parameter.getKey(), request), repaired(value, request));
        }
      }
    }
    if (form.size() == 0 && !isCertain) {
      return Outcome.of(form.build());
    }
    warn();
    if (form.size() == 0) {
      return Outcome.refused(StandardReason.BODY_CONSUMED);
    }
    return form.size() > FormDecoder.MAX_PARAMETERS
        ? Outcome.refused(StandardReason.TOO_MANY_PARAMETERS)
        : checked(form.build());
  }

  private void warn() {
    sightings.see(
        FindingKind.BODY_CONSUMED,
        "A filter before this one consumes the bodies of token requests. What the container then"
            + " drops of them (too many parameters, bad escapes) cannot be seen here. Map this"
            + " filter before that one in web.xml.");
  }

  private static Outcome<Form> checked(Form form) {
    for (int i = 0; i < form.size(); i++) {
      String pair = form.name(i) + form.value(i);
      if (pair.indexOf('\0') >= 0) {
        return Outcome.refused(StandardReason.NUL_CHARACTER);
      }
      // What the container put in the place of octets that it could not decode.
      if (pair.indexOf('\uFFFD') >= 0) {
        return Outcome.refused(StandardReason.UTF8_INVALID);
      }
    }
    return Outcome.of(form);
  }

  /**
   * Half of the containers decode a form without charset as ISO 8859-1, and only some can be asked.
   * Text that reads as UTF-8 when taken back to its octets was UTF-8.
   */
  private static String repaired(String text, HttpServletRequest request) {
    if ("UTF-8".equalsIgnoreCase(request.getCharacterEncoding())) {
      return text;
    }
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    boolean isLossless = new String(octets, StandardCharsets.ISO_8859_1).equals(text);
    return isLossless ? Utf8.decode(octets, 0, octets.length).orElse(text) : text;
  }
}
