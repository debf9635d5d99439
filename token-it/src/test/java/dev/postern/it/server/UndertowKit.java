package dev.postern.it.server;

import dev.postern.it.Quirk;
import dev.postern.it.Tls;
import dev.postern.it.undertow.UndertowMain;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Undertow alone, out of the tests' own class path, with the application registered in code. */
final class UndertowKit implements Kit {
  /** WildFly, which has Undertow inside, has these too. */
  @Override
  public Set<Quirk> quirks() {
    return EnumSet.of(
        Quirk.BAD_ESCAPE_IN_QUERY,
        Quirk.LENGTH_BEYOND_ITS_LIMIT,
        Quirk.BROKEN_CHUNKS,
        Quirk.ENCODED_SLASH,
        Quirk.ENCODED_BACKSLASH,
        Quirk.SESSION_AT_LOGIN,
        Quirk.COOKIE_AT_LOGIN,
        Quirk.PAGE_AFTER_EXCEPTION);
  }

  @Override
  public List<String> prepare(Path home, Site site) {
    List<String> command =
        site.java(
            "-cp",
            System.getProperty("java.class.path"),
            UndertowMain.class.getName(),
            site.war().toString(),
            site.context(),
            Integer.toString(site.port()));
    if (site.deployment().tls()) {
      command.add(Integer.toString(site.tlsPort()));
      command.add(Tls.keyStore().toAbsolutePath().toString());
    }
    return command;
  }
}
