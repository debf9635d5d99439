package dev.postern.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A response without a container: keeps what is written to it. */
final class FakeResponse {
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = 200;

  int status() {
    return status;
  }

  /** The values of a header. */
  List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** All headers. */
  Map<String, List<String>> headers() {
    return headers;
  }

  String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  HttpServletResponse build() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            FakeResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, called, arguments) -> answer(called.getName(), arguments));
  }

  private Object answer(String called, Object[] arguments) {
    switch (called) {
      case "setStatus" -> status = (int) arguments[0];
      case "setHeader", "setDateHeader", "setIntHeader" -> set((String) arguments[0], arguments[1]);
      case "addHeader", "addDateHeader", "addIntHeader" ->
          headers
              .computeIfAbsent((String) arguments[0], name -> new ArrayList<>())
              .add(String.valueOf(arguments[1]));
      case "setContentType" -> set("Content-Type", arguments[0]);
      case "setContentLength" -> set("Content-Length", arguments[0]);
      case "reset" -> {
        headers.clear();
        body.reset();
        status = 200;
      }
      case "getOutputStream" -> {
        return new Output();
      }
      default -> throw new UnsupportedOperationException(called);
    }
    return null;
  }

  private void set(String name, Object value) {
    headers.put(name, new ArrayList<>(List.of(String.valueOf(value))));
  }

  private final class Output extends ServletOutputStream {
    @Override
    public void write(int octet) {
      body.write(octet);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
