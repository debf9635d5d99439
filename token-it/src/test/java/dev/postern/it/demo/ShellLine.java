package dev.postern.it.demo;

import dev.postern.it.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that was printed for people to paste: run by the shell where there is curl, and where
 * there is none, read and sent as curl would.
 */
public final class ShellLine {
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(\\w+)=\\$\\((curl .*) \\| sed 's/\\.\\*(.*)\\\\\\(.*\\\\\\)(.)\\.\\*/\\\\1/'\\)");

  private ShellLine() {}

  /**
   * What came of a line.
   *
   * @param output status line, header lines and body, as {@code curl -i} prints them; of {@code
   *     curl -s} the body only
   */
  public record Reply(String output) {
    /** The status of what {@code curl -i} printed. */
    public int status() {
      Matcher matcher = Pattern.compile("HTTP/1.1 (\\d{3})").matcher(output);
      if (!matcher.lookingAt()) {
        throw new AssertionError("no status line: " + output);
      }
      return Integer.parseInt(matcher.group(1));
    }
  }

  /** Runs a line; {@code variables} holds what lines before it have set. */
  public static Reply run(String line, Map<String, String> variables) throws Exception {
    return hasCurl() ? byShell(line, variables) : byHand(line, variables);
  }

  static boolean hasCurl() throws Exception {
    try {
      return shell("command -v curl", Map.of()).exitValue() == 0;
    } catch (IOException e) {
      return false; // no shell either
    }
  }

  private static Reply byShell(String line, Map<String, String> variables) throws Exception {
    Matcher assignment = ASSIGNMENT.matcher(line);
    boolean assigns = assignment.matches();
    Process shell =
        shell(assigns ? line + "; echo \"$" + assignment.group(1) + "\"" : line, variables);
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (shell.waitFor() != 0) {
      throw new AssertionError("exit status " + shell.exitValue() + " of " + line);
    }
    if (assigns) {
      variables.put(assignment.group(1), output.strip());
    }
    return new Reply(output);
  }

  private static Process shell(String script, Map<String, String> variables) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
    builder.environment().putAll(variables);
    builder.environment().put("NO_PROXY", "*");
    builder.environment().put("CURL_HOME", "/nowhere");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    if (script.startsWith("command") && !process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IOException("the shell hangs");
    }
    return process;
  }

  /** As {@link #run} without a shell. */
  static Reply byHand(String line, Map<String, String> variables) {
    Matcher assignment = ASSIGNMENT.matcher(line);
    if (assignment.matches()) {
      String answer = byHand(assignment.group(2), variables).output();
      Matcher value =
          Pattern.compile(Pattern.quote(assignment.group(3)) + "(.*?)" + assignment.group(4))
              .matcher(answer);
      if (!value.find()) {
        throw new AssertionError("nothing to take from " + answer);
      }
      variables.put(assignment.group(1), value.group(1));
      return new Reply(value.group(1));
    }
    return send(words(line, variables));
  }

  private static Reply send(List<String> words) {
    List<String> headers = new ArrayList<>();
    List<String> form = new ArrayList<>();
    boolean includesHead = false;
    String url = "";
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-i" -> includesHead = true;
        case "-s" -> {}
        case "-H" -> headers.add(words.get(++i));
        case "-d" -> form.add(words.get(++i));
        case "-u" -> headers.add("Authorization: Basic " + base64(words.get(++i)));
        default -> url = words.get(i);
      }
    }
    if (!words.get(0).equals("curl") || !url.startsWith("http://127.0.0.1:")) {
      throw new AssertionError("not a line of curl that we understand: " + words);
    }
    URI uri = URI.create(url);
    String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    RawHttp http = RawHttp.to(uri.getPort());
    var answer =
        form.isEmpty()
            ? http.send("GET", target, headers.toArray(String[]::new))
            : http.postForm(target, String.join("&", form), headers.toArray(String[]::new));
    return new Reply(includesHead ? "HTTP/1.1 " + answer : answer.text());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The words of a line, as the shell would split and quote them; no more than we print. */
  static List<String> words(String line, Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)").matcher(line);
    while (matcher.find()) {
      String word = matcher.group(3) == null ? matcher.group(2) : matcher.group(3);
      words.add(word == null ? matcher.group(1) : expand(word, variables));
    }
    return words;
  }

  private static String expand(String word, Map<String, String> variables) {
    return Pattern.compile("\\$(\\w+)")
        .matcher(word)
        .replaceAll(name -> Matcher.quoteReplacement(variables.get(name.group(1))));
  }
}
