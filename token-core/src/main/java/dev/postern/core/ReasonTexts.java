package dev.postern.core;

import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What there is to say of a reason beyond its public text: its cause, and what to do about it.
 * Plain text without markup, by number in {@code reasons.properties}; a translation is one more
 * file beside it. Immutable.
 *
 * <p>A reason of an application has no texts here: all of them are empty.
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

  /** What happened. */
  public String cause(Reason reason) {
    return text(reason, "cause");
  }

  /** What the developer of the client does; of a private cause: what to pass on to them. */
  public String developer(Reason reason) {
    return text(reason, "developer");
  }

  /** What the administrator of the server does. */
  public String administrator(Reason reason) {
    return text(reason, "administrator");
  }

  private String text(Reason reason, String about) {
    String key = reason.number() + "." + about;
    return texts.containsKey(key) ? texts.getString(key) : "";
  }
}
