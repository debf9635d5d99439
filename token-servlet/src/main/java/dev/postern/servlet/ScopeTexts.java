package dev.postern.servlet;

import dev.postern.core.Scope;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What scopes are in words, for the user who is asked for consent: {@code
 * /WEB-INF/scopes.properties} of the application, in UTF-8, and {@code scopes_ro.properties} beside
 * it for Romanian. What has no words there is shown as it is. Thread-safe.
 */
final class ScopeTexts {
  private final ServletContext context;
  private final Logger log;
  private final ConcurrentMap<String, Properties> found = new ConcurrentHashMap<>();

  ScopeTexts(ServletContext context, Logger log) {
    this.context = context;
    this.log = log;
  }

  /** The words for each scope-token in one of the languages of the pages. */
  List<String> of(Scope scope, String language) {
    Properties own = found.computeIfAbsent("_" + language, this::read);
    Properties standard = found.computeIfAbsent("", this::read);
    return scope.tokens().stream()
        .map(token -> own.getProperty(token, standard.getProperty(token, token)))
        .toList();
  }

  private Properties read(String suffix) {
    Properties texts = new Properties();
    try (InputStream octets =
        context.getResourceAsStream("/WEB-INF/scopes" + suffix + ".properties")) {
      if (octets != null) {
        texts.load(new InputStreamReader(octets, StandardCharsets.UTF_8));
      }
    } catch (IOException | IllegalArgumentException e) {
      // A path of Windows may hold what begins an escape. What was read up to there counts.
      log.log(
          Level.WARNING,
          "/WEB-INF/scopes" + suffix + ".properties cannot be read: " + e.getMessage());
    }
    return texts;
  }
}
