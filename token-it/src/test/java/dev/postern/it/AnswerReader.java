package dev.postern.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads answers as RFC 9112 has them, and fails on all that it only tolerates. */
final class AnswerReader {
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.1 ([1-5]\\d\\d) ([\\t\\x20-\\x7E]*)");
  private static final Pattern HEADER_LINE =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+):"
              + "[ \\t]*((?:[\\x21-\\x7E\\x80-\\xFF][\\t\\x20-\\x7E\\x80-\\xFF]*)?)");
  private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,7}");

  private final InputStream in;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  Answer read() throws IOException {
    Answer head = readHead();
    Answer answer = head.withBody(body(head));
    if (answer.header("Connection").filter("close"::equalsIgnoreCase).isPresent() && !isAtEnd()) {
      throw new IOException("bytes after an answer that closes the connection");
    }
    return answer;
  }

  /** Without those that only say that the answer is to come. */
  Answer readHead() throws IOException {
    Answer head = head();
    while (head.status() < 200) {
      head = head();
    }
    return head;
  }

  boolean isAtEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      // Reset, as it closed with bytes of ours unread.
      return true;
    }
  }

  private Answer head() throws IOException {
    Matcher status = match(STATUS_LINE, line());
    List<Answer.Header> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      Matcher header = match(HEADER_LINE, line);
      headers.add(new Answer.Header(header.group(1), header.group(2).strip()));
    }
    return new Answer(Integer.parseInt(status.group(1)), List.copyOf(headers), new byte[0]);
  }

  private byte[] body(Answer head) throws IOException {
    List<String> lengths = head.headers("Content-Length");
    List<String> codings = head.headers("Transfer-Encoding");
    if (lengths.size() + codings.size() > 1) {
      throw new IOException("an answer framed twice: " + lengths + codings);
    }
    if (head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if (!codings.isEmpty()) {
      match(Pattern.compile("(?i)chunked"), codings.get(0));
      return chunks();
    }
    return lengths.isEmpty()
        ? rest()
        : exactly(Integer.parseInt(match(Pattern.compile("\\d{1,9}"), lengths.get(0)).group()));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = chunkSize();
    while (size > 0) {
      body.writeBytes(exactly(size));
      match(Pattern.compile(""), line());
      size = chunkSize();
    }
    match(Pattern.compile(""), line());
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(match(CHUNK_SIZE, line()).group(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) octet();
    }
    return bytes;
  }

  private byte[] rest() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      body.write(next);
    }
    return body.toByteArray();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = octet(); next != '\r'; next = octet()) {
      line.write(next);
    }
    if (octet() != '\n') {
      throw new IOException("CR without LF after: " + line);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private int octet() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new IOException("the connection ended within an answer");
    }
    return next;
  }

  private static Matcher match(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IOException("not HTTP: " + text);
    }
    return matcher;
  }
}
