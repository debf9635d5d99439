package dev.postern.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What there is to say of a reason beyond its public text: its causes, and what to do about it. By
 * number in {@code reasons.properties}; a translation is one more file beside it. Names that mean
 * the same in every language (parameters, settings, headers, commands) stand between backticks, all
 * else is plain text. Immutable.
 *
 * <p>A reason of an application has no texts here: all but its title are empty.
 */
public final class ReasonTexts {
  private static final String BUNDLE = "dev.postern.core.reasons";

  private final ResourceBundle texts;

  private ReasonTexts(ResourceBundle texts) {
    this.texts = texts;
  }

  /** The texts in the language of {@code locale}; in English as far as they are not translated. */
  public static ReasonTexts in(Locale locale) {
    ResourceBundle found = ResourceBundle.getBundle(BUNDLE, locale);
    // What is not translated Java looks for in the server's own language before it takes the root.
    boolean isAsked = found.getLocale().getLanguage().equals(locale.getLanguage());
    return new ReasonTexts(isAsked ? found : ResourceBundle.getBundle(BUNDLE, Locale.ROOT));
  }

  /** The rule that was broken, in a few words; in English the reason's own text. */
  public String title(Reason reason) {
    String title = text(reason, "title");
    return title.isEmpty() ? reason.text() : title;
  }

  /** What happened. */
  public String cause(Reason reason) {
    return text(reason, "cause");
  }

  /** What it mostly comes of, the likeliest first. */
  public List<String> likely(Reason reason) {
    String all = text(reason, "likely");
    return all.isEmpty() ? List.of() : Arrays.asList(all.split(" \\| ", -1));
  }

  /** What the developer of the client does; of a private cause: what to pass on to them. */
  public String developer(Reason reason) {
    return text(reason, "developer");
  }

  /** What the administrator of the server does. */
  public String administrator(Reason reason) {
    return text(reason, "administrator");
  }

  /** When the example of a request is refused, if not always; empty if always. */
  public String when(Reason reason) {
    return text(reason, "when");
  }

  private String text(Reason reason, String about) {
    String key = reason.number() + "." + about;
    return texts.containsKey(key) ? texts.getString(key) : "";
  }
}
