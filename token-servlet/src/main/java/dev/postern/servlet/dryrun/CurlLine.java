package dev.postern.servlet.dryrun;

import dev.postern.servlet.dryrun.PastedRequest.Header;
import dev.postern.servlet.request.FormEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a curl command as a shell and curl do, as far as token requests need it. */
final class CurlLine {
  private static final String FILE = "what is in a file is not known here";
  private static final Set<String> DATA =
      Set.of("-d", "--data", "--data-raw", "--data-ascii", "--data-binary");

  /** Of what does not matter here, those that take a value. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-o",
          "--output",
          "-A",
          "--user-agent",
          "-e",
          "--referer",
          "-b",
          "--cookie",
          "-m",
          "--max-time",
          "--connect-timeout",
          "--cacert",
          "-w",
          "--write-out",
          "--resolve",
          "-x",
          "--proxy");

  private static final Set<String> WITH_VALUE_ATTACHED =
      Set.of("-d", "-u", "-H", "-X", "-o", "-A", "-e", "-b", "-m", "-w", "-x");

  /** Those that change nothing of what is sent, as far as it matters here. */
  private static final Set<String> SWITCHES =
      Set.of(
          "--silent",
          "--show-error",
          "--insecure",
          "--verbose",
          "--include",
          "--location",
          "--fail",
          "--fail-with-body",
          "--globoff",
          "--no-buffer",
          "--compressed",
          "--http1.0",
          "--http1.1",
          "--http2",
          "--basic",
          "--tlsv1.2",
          "--tlsv1.3");

  /** Of {@code $'...'}: plain text or one escape; {@code \\xE9} would be half a character. */
  private static final Pattern ESCAPED =
      Pattern.compile("[^'\\\\]+|\\\\(?:[\\\\'\"nrt]|u[0-9A-Fa-f]{4}|x[0-7][0-9A-Fa-f])");

  private final List<Header> headers = new ArrayList<>();
  private final List<String> data = new ArrayList<>();
  private String method = "";
  private String url = "";

  private CurlLine() {}

  /**
   * The request that it sends.
   *
   * @throws IllegalArgumentException when a quote is open, a value is missing, an option is not
   *     known here, a variable of the shell is left, or there is no URL
   */
  static PastedRequest read(String command) {
    CurlLine line = new CurlLine();
    Iterator<String> words = words(command).iterator();
    words.next();
    while (words.hasNext()) {
      line.take(words.next(), words);
    }
    return line.request();
  }

  private void take(String word, Iterator<String> rest) {
    if (DATA.contains(word)) {
      data.add(given(word, value(rest)));
    } else if (WITH_VALUE.contains(word)) {
      value(rest);
    } else if (!word.startsWith("-")) {
      url = word;
    } else {
      switch (word) {
        case "-X", "--request" -> method = value(rest);
        case "-H", "--header" -> headers.add(PastedRequest.header(value(rest)));
        case "-u", "--user" -> headers.add(new Header("Authorization", basic(value(rest))));
        case "--data-urlencode" -> data.add(encoded(value(rest)));
        case "--url" -> url = value(rest);
        default -> attached(word);
      }
    }
  }

  /** {@code -uID:SECRET} is {@code -u ID:SECRET}; {@code -sS} are switches that matter nothing. */
  private void attached(String word) {
    String option = word.substring(0, Math.min(2, word.length()));
    if (WITH_VALUE_ATTACHED.contains(option) && word.length() > 2) {
      take(option, List.of(word.substring(2)).iterator());
    } else if (!SWITCHES.contains(word) && !word.matches("-[sSkviLfgN#0-46]+")) {
      // No more of it: a value may be attached.
      String name = word.startsWith("--") ? word.replaceAll("=.*", "") : option;
      throw new IllegalArgumentException("the option " + name + " of curl is not understood here");
    }
  }

  private static String value(Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("an option without its value");
    }
    return rest.next();
  }

  /** What {@code @} stands before is read from a file, which nobody here has. */
  private static String given(String option, String data) {
    if (data.startsWith("@") && !option.equals("--data-raw")) {
      throw new IllegalArgumentException(FILE);
    }
    return data;
  }

  private static String basic(String userPass) {
    byte[] octets = userPass.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(octets);
  }

  /**
   * {@code name=content}: the content is encoded, the name is not; of {@code =content} the sign is
   * none of it. {@code name@file} takes it from a file.
   */
  private static String encoded(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      if (pair.indexOf('@') >= 0) {
        throw new IllegalArgumentException(FILE);
      }
      return FormEncoder.encode(pair);
    }
    String name = equals == 0 ? "" : pair.substring(0, equals + 1);
    return name + FormEncoder.encode(pair.substring(equals + 1));
  }

  private PastedRequest request() {
    if (url.isEmpty()) {
      throw new IllegalArgumentException("no URL");
    }
    boolean isTyped =
        headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("Content-Type"));
    if (!data.isEmpty() && !isTyped) {
      headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
    }
    String standard = data.isEmpty() ? "GET" : "POST";
    return new PastedRequest(
        method.isEmpty() ? standard : method, url, headers, String.join("&", data));
  }

  /** Whether a shell would put something else in place of what begins at {@code at}. */
  private static boolean isExpanded(String command, int at) {
    if (command.charAt(at) == '`') {
      return true;
    }
    return command.charAt(at) == '$'
        && at + 1 < command.length()
        && (Character.isLetterOrDigit(command.charAt(at + 1))
            || "_{(@*#?-$!".indexOf(command.charAt(at + 1)) >= 0);
  }

  /**
   * Reads what stands in {@code $'...'}, as browsers write what they copy.
   *
   * @param start where it begins
   * @return where it ends
   */
  private static int readEscaped(String command, int start, StringBuilder word) {
    int i = start;
    while (i < command.length() && command.charAt(i) != '\'') {
      Matcher part = ESCAPED.matcher(command).region(i, command.length());
      if (!part.lookingAt()) {
        throw new IllegalArgumentException("an escape that is not understood here");
      }
      word.append(unescaped(part.group()));
      i = part.end();
    }
    if (i == command.length()) {
      throw new IllegalArgumentException("a quote is open");
    }
    return i;
  }

  private static String unescaped(String part) {
    if (part.length() > 2 && part.charAt(0) == '\\') {
      return Character.toString(HexFormat.fromHexDigits(part, 2, part.length()));
    }
    return switch (part) {
      case "\\n" -> "\n";
      case "\\r" -> "\r";
      case "\\t" -> "\t";
      default -> part.charAt(0) == '\\' ? part.substring(1) : part;
    };
  }

  /** Whether the backslash before {@code at} takes from what is there its meaning. */
  private static boolean isEscape(String command, int at, char quote) {
    return at < command.length()
        && (quote == 0 || (quote == '"' && "$`\"\\\n\r".indexOf(command.charAt(at)) >= 0));
  }

  /** As a POSIX shell splits a simple command; what it would expand is not known here. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean isOpen = false;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && isEscape(command, i + 1, quote)) {
        char next = command.charAt(++i);
        // A backslash at the end of a line joins it with the next one.
        if (next != '\n' && next != '\r') {
          word.append(next);
          isOpen = true;
        }
      } else if (quote == 0 && command.startsWith("$'", i)) {
        i = readEscaped(command, i + 2, word);
        isOpen = true;
      } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
        quote = quote == 0 ? c : 0;
        isOpen = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (isOpen) {
          words.add(word.toString());
        }
        word.setLength(0);
        isOpen = false;
      } else if (quote != '\'' && isExpanded(command, i)) {
        throw new UntriedException("dry.variable");
      } else {
        word.append(c);
        isOpen = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote is open");
    }
    if (isOpen) {
      words.add(word.toString());
    }
    return words;
  }
}
