package dev.postern.it.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Gives Postern in this JVM the clock {@link dev.postern.it.naming.NodeClock}. */
public final class ClockAgent {
  private ClockAgent() {}

  /** Called by the JVM, before {@code main}. */
  public static void premain(String arguments, Instrumentation jvm) {
    jvm.addTransformer(new Patching());
  }

  /** Makes the jar that a JVM needs for its {@code -javaagent}. */
  static Path jar(Path folder) {
    Path jar = folder.resolve("clock.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Premain-Class"), ClockAgent.class.getName());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream empty = new JarOutputStream(out, manifest)) {
      empty.finish();
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Patching implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader,
        String name,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] classFile) {
      boolean isPosterns =
          name.startsWith("dev/postern/core/") || name.startsWith("dev/postern/servlet/");
      return isPosterns ? ClockPatch.of(classFile) : null;
    }
  }
}
