package dev.postern.it.naming.java;

import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import javax.naming.spi.ObjectFactory;
import org.apache.naming.ContextBindings;
import org.jspecify.annotations.Nullable;

/**
 * Looks {@code java:} names up in the container that the thread is in: Tomcat and Jetty each claim
 * them for the whole JVM. The JDK prescribes the name of the class.
 */
@SuppressWarnings({"checkstyle:TypeName", "JavaLangClash"})
public final class javaURLContextFactory implements ObjectFactory, InitialContextFactory {

  /** Made by the JDK. */
  public javaURLContextFactory() {}

  @Override
  public @Nullable Object getObjectInstance(
      @Nullable Object object,
      @Nullable Name name,
      @Nullable Context context,
      @Nullable Hashtable<?, ?> environment)
      throws Exception {
    ObjectFactory factory =
        isInTomcat()
            ? new org.apache.naming.java.javaURLContextFactory()
            : new org.eclipse.jetty.jndi.java.javaURLContextFactory();
    return factory.getObjectInstance(object, name, context, environment);
  }

  @Override
  public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
    InitialContextFactory factory =
        isInTomcat()
            ? new org.apache.naming.java.javaURLContextFactory()
            : new org.eclipse.jetty.jndi.InitialContextFactory();
    return factory.getInitialContext(environment);
  }

  private static boolean isInTomcat() {
    return ContextBindings.isThreadBound() || ContextBindings.isClassLoaderBound();
  }
}
