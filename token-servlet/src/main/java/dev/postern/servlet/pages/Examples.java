package dev.postern.servlet.pages;

import dev.postern.core.Reason;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that are refused for a reason, and requests that are not, as they go over the wire: the
 * same in all languages. They stand in {@code examples.properties}, what repeats there under a name
 * in braces. Immutable.
 */
final class Examples {
  private static final Pattern NAME = Pattern.compile("\\{([a-z-]+)}");

  private final Properties examples = Texts.read("examples.properties");

  /** A request that is refused. */
  String refused(Reason reason) {
    return example(reason.number() + ".refused");
  }

  /** The same request as it should be. */
  String works(Reason reason) {
    return example(reason.number() + ".works");
  }

  private String example(String key) {
    return expanded(examples.getProperty(key, "{request}"));
  }

  private String expanded(String text) {
    return NAME.matcher(text)
        .replaceAll(
            name ->
                Matcher.quoteReplacement(
                    expanded(examples.getProperty(name.group(1), name.group()))));
  }
}
