package dev.postern.it.naming;

import java.util.Hashtable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Gives Tomcat's JNDI a {@link DataSource} that is there already: it wants to make its own. */
public final class BoundSource implements ObjectFactory {
  /** The property of the resource that says which one. */
  public static final String KEY = "key";

  private static final Map<String, DataSource> SOURCES = new ConcurrentHashMap<>();

  /** Made by Tomcat. */
  public BoundSource() {}

  /** Keeps one; the key under which it is found. */
  public static String keep(DataSource source) {
    String key = UUID.randomUUID().toString();
    SOURCES.put(key, source);
    return key;
  }

  /** Lets go of one. */
  public static void release(String key) {
    SOURCES.remove(key);
  }

  @Override
  public @Nullable Object getObjectInstance(
      @Nullable Object object,
      @Nullable Name name,
      @Nullable Context context,
      @Nullable Hashtable<?, ?> environment) {
    return object instanceof Reference reference
        ? SOURCES.get(reference.get(KEY).getContent())
        : null;
  }
}
