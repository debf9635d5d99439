package dev.postern.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One connection: send, in as many pieces as you like, then read; repeat for keep-alive. */
public final class RawConnection implements AutoCloseable {
  private final Socket socket;
  private final long deadline;
  private final InputStream in;
  private final AnswerReader reader;

  RawConnection(Socket socket, Duration timeout) throws IOException {
    this.socket = socket;
    this.deadline = System.nanoTime() + timeout.toNanos();
    this.in = new BufferedInputStream(new Timed(socket.getInputStream()));
    this.reader = new AnswerReader(in);
  }

  /** Sends these bytes at once, each call as a packet of its own where the network lets it. */
  public RawConnection send(byte[] piece) {
    try {
      socket.getOutputStream().write(piece);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text, one byte per character. */
  public RawConnection send(String piece) {
    return send(piece.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Tells the server that nothing more comes, and can still read. */
  public RawConnection halfClose() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes sure that the server says nothing for this long: a pause that also tests something. */
  public RawConnection expectSilence(Duration pause) {
    try {
      socket.setSoTimeout((int) pause.toMillis());
      int next = in.available() > 0 ? in.read() : socket.getInputStream().read();
      throw new AssertionError(next < 0 ? "the server closed" : "the server answered early");
    } catch (SocketTimeoutException silence) {
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one answer to its end. When the server announces that it closes, it has to close, with
   * nothing after the answer.
   */
  public Answer read() {
    try {
      return reader.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one answer, unless the server closes without any. */
  public Optional<Answer> readIfAny() {
    try {
      in.mark(1);
      if (in.read() < 0) {
        return Optional.empty();
      }
      in.reset();
      return Optional.of(reader.read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the answer to a HEAD request, which ends with its headers. */
  public Answer readHead() {
    try {
      return reader.readHead();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server has closed its side; waits for that or for a byte. */
  public boolean isAtEnd() {
    try {
      return reader.isAtEnd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One deadline for all reads. */
  private final class Timed extends InputStream {
    private final InputStream wire;

    Timed(InputStream wire) {
      this.wire = wire;
    }

    @Override
    public int read() throws IOException {
      limit();
      return wire.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      limit();
      return wire.read(bytes, offset, length);
    }

    private void limit() throws IOException {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("no whole answer in time");
      }
      socket.setSoTimeout((int) left);
    }
  }
}
