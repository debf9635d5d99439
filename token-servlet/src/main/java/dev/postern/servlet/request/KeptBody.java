package dev.postern.servlet.request;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A body that is there already, to be read once more. Not thread-safe. */
public final class KeptBody extends ServletInputStream {
  private final ByteArrayInputStream octets;

  public KeptBody(byte[] octets) {
    this.octets = new ByteArrayInputStream(octets);
  }

  @Override
  public int read() {
    return octets.read();
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    return octets.read(into, offset, length);
  }

  @Override
  public boolean isFinished() {
    return octets.available() == 0;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  /** All is there already, so the listener is told at once. */
  @Override
  public void setReadListener(ReadListener listener) {
    try {
      if (!isFinished()) {
        listener.onDataAvailable();
      }
      if (isFinished()) {
        listener.onAllDataRead();
      }
    } catch (IOException e) {
      listener.onError(e);
    }
  }
}
