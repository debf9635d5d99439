package dev.postern.it.cluster;

import dev.postern.it.naming.NodeClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/**
 * Gives a class another clock: its calls of the JDK's clocks become calls of {@link NodeClock}. All
 * that changes is the constant pool (JVMS s4.4), where those methods get another class.
 */
final class ClockPatch {
  private static final String CLOCK = NodeClock.class.getName().replace('.', '/');

  private static final Map<String, Set<String>> REPLACED =
      Map.of(
          "java/time/InstantSource", Set.of("system"),
          "java/time/Instant", Set.of("now"),
          "java/lang/System", Set.of("currentTimeMillis"));

  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;

  private final byte[] file;
  private final int count;

  /** Where each constant begins; and where the last ends. */
  private final int[] offsets;

  private ClockPatch(byte[] file) {
    this.file = file;
    this.count = number(8);
    this.offsets = new int[count + 1];
    int offset = 10;
    for (int i = 1; i < count; i++) {
      offsets[i] = offset;
      int tag = file[offset];
      offset += 1 + length(tag, offset);
      if (tag == 5 || tag == 6) {
        // long and double take two numbers
        i++;
      }
    }
    offsets[count] = offset;
  }

  /** The class file with the other clock; the same file where it asks for no time. */
  static byte[] of(byte[] file) {
    return new ClockPatch(file).patched();
  }

  private byte[] patched() {
    byte[] changed = file.clone();
    boolean isChanged = false;
    for (int i = 1; i < count; i++) {
      int at = offsets[i];
      if (at > 0 && (file[at] == METHOD || file[at] == INTERFACE_METHOD) && isClock(at)) {
        changed[at] = METHOD;
        put(changed, at + 1, count + 1);
        isChanged = true;
      }
    }
    return isChanged ? withClockClass(changed) : file;
  }

  /** Adds two constants at the end of the pool: the name of the clock, and its class. */
  private byte[] withClockClass(byte[] changed) {
    put(changed, 8, count + 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(changed, 0, offsets[count]);
      out.writeByte(UTF8);
      out.writeUTF(CLOCK);
      out.writeByte(CLASS);
      out.writeShort(count);
      out.write(changed, offsets[count], changed.length - offsets[count]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private boolean isClock(int method) {
    String owner = text(number(offsets[number(method + 1)] + 1));
    String name = text(number(offsets[number(method + 3)] + 1));
    return REPLACED.getOrDefault(owner, Set.of()).contains(name);
  }

  private String text(int index) {
    int at = offsets[index] + 1;
    try {
      return new DataInputStream(new ByteArrayInputStream(file, at, file.length - at)).readUTF();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int length(int tag, int offset) {
    return switch (tag) {
      case UTF8 -> 2 + number(offset + 1);
      case 5, 6 -> 8;
      case CLASS, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      default -> 4;
    };
  }

  private int number(int at) {
    return (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
  }

  private static void put(byte[] target, int at, int number) {
    target[at] = (byte) (number >> 8);
    target[at + 1] = (byte) number;
  }
}
