package dev.postern.servlet.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.core.Reason;
import dev.postern.core.ReasonTexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/**
 * Everything that the pages say in one language: what stands on all of them ({@code
 * pages.properties} and one more file for each other language), and the texts of the reasons.
 * Immutable.
 */
public final class Texts {
  private final String language;
  private final Properties pages;
  private final Properties findings;
  private final ReasonTexts reasons;

  private Texts(String language, Properties pages, Properties findings) {
    this.language = language;
    this.pages = pages;
    this.findings = findings;
    this.reasons = ReasonTexts.in(Locale.forLanguageTag(language));
  }

  /** English, which the texts are written in first. */
  static Texts english() {
    return new Texts("en", read("pages.properties"), read("findings.properties"));
  }

  static Texts of(String language) {
    return new Texts(language, read(file(language)), read("findings_" + language + ".properties"));
  }

  /** Whether the pages speak this language beside English. */
  static boolean exist(String language) {
    return Texts.class.getResource(file(language)) != null;
  }

  private static String file(String language) {
    return "pages_" + language + ".properties";
  }

  /** A table of texts that stands beside this class. */
  static Properties read(String file) {
    Properties texts = new Properties();
    try (InputStream octets = Texts.class.getResourceAsStream(file)) {
      if (octets == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      texts.load(new InputStreamReader(octets, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  /** The language subtag (BCP 47). */
  String language() {
    return language;
  }

  ReasonTexts reasons() {
    return reasons;
  }

  /** The title of a reason as a heading; a name that it begins with stays as it is. */
  String heading(Reason reason) {
    String title = reasons.title(reason);
    boolean isName = title.split(" ", 2)[0].contains("_");
    return isName ? title : title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  /** What stands on the pages under this name. */
  String get(String name) {
    return text(name, pages);
  }

  /** What is said under this name of the doctor's findings. */
  String finding(String name) {
    return text(name, findings);
  }

  private String text(String name, Properties texts) {
    String text = texts.getProperty(name);
    if (text == null) {
      throw new IllegalArgumentException(language + " lacks " + name);
    }
    return text;
  }
}
