package dev.postern.it;

import java.nio.file.Path;

/**
 * The two names of one API. There is one test application: the build transforms it, and Postern in
 * it, from the one to the other.
 */
public enum Api {
  /** Jakarta EE 9 and later, {@code jakarta.servlet}. */
  JAKARTA(
      "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\">", "postern.it.war"),
  /** Java EE 8 and earlier, {@code javax.servlet}. */
  JAVAX(
      "<web-app xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\" version=\"3.1\">",
      "postern.it.javax-war");

  private final String webXmlStart;
  private final String property;

  Api(String webXmlStart, String property) {
    this.webXmlStart = webXmlStart;
    this.property = property;
  }

  /** A whole {@code web.xml} with these elements. */
  String webXml(String elements) {
    return webXmlStart + "\n" + elements + "</web-app>\n";
  }

  /** The sample WAR, exploded, as it was built. */
  Path builtWar() {
    return path(property);
  }

  /** Where the class files are of a class path entry of the tests. */
  Path classes(Path root) {
    return this == JAKARTA ? root : path("postern.it.javax-classes");
  }

  private static Path path(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("set the system property " + name + " (Maven does)");
    }
    return Path.of(value);
  }
}
