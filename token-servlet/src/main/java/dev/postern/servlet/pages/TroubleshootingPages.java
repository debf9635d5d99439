package dev.postern.servlet.pages;

import dev.postern.core.Reason;
import dev.postern.core.StandardReason;
import dev.postern.servlet.doctor.FindingKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All pages below {@code errors}: the list of the numbers with its search, one page for each, and
 * the style sheet. Thread-safe.
 */
public final class TroubleshootingPages {
  private final Languages languages = Languages.found();
  private final Examples examples = new Examples();
  private final Page style = Page.css(read("style.css"));
  private final Map<String, Search> searches =
      languages.all().stream().collect(Collectors.toMap(Texts::language, Search::new));

  /** All pages, in all languages whose texts are there. */
  public TroubleshootingPages() {}

  /** The page that was asked for, or one that says that there is none. */
  public Page find(PageRequest request) {
    String path = request.path();
    if (path.equals("/style.css")) {
      return style;
    }
    Texts texts = languages.choose(request);
    String up = up(path);
    Frame frame = new Frame(languages.all(), texts, up, languages.has(request.language()));
    IndexPage index = new IndexPage(frame, up);
    if (path.isEmpty() || path.equals("/")) {
      return page(
          Page.Kind.FOUND,
          texts,
          request.search().isBlank() ? index.write() : found(request, texts, index));
    }
    Optional<FindingKind> finding = finding(path);
    if (finding.isPresent()) {
      return page(Page.Kind.FOUND, texts, new DoctorPage(frame).write(finding.get()));
    }
    return reason(path)
        .map(reason -> page(Page.Kind.FOUND, texts, new ErrorPage(frame, examples).write(reason)))
        .orElseGet(() -> page(Page.Kind.MISSING, texts, index.writeNotFound()));
  }

  private Html found(PageRequest request, Texts texts, IndexPage index) {
    Search search = searches.get(texts.language());
    return index.write(search == null ? List.of() : search.find(request.search()));
  }

  private static Page page(Page.Kind kind, Texts texts, Html html) {
    return Page.html(kind, texts.language(), html);
  }

  private static Optional<StandardReason> reason(String path) {
    return Arrays.stream(StandardReason.values())
        .filter(reason -> path.equals("/" + reason.number()))
        .findFirst();
  }

  private static Optional<FindingKind> finding(String path) {
    return Arrays.stream(FindingKind.values())
        .filter(kind -> path.equals("/" + kind.number()))
        .findFirst();
  }

  /** The way from {@code errors}, {@code errors/}, {@code errors/a/b} to {@code errors/}. */
  private static String up(String path) {
    long below = path.chars().filter(c -> c == '/').count() - 1;
    return below < 0 ? "errors/" : "../".repeat((int) below);
  }

  /** Whether this reason has a page; those of an application have none. */
  public static boolean exist(Reason reason) {
    return reason instanceof StandardReason;
  }

  private static String read(String file) {
    try (InputStream octets = TroubleshootingPages.class.getResourceAsStream(file)) {
      if (octets == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      return new String(octets.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
