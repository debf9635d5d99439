package dev.postern.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test of the contract with an application of its own that no server can change, so that not each
 * has to start it; its value says why.
 */
@Tag("any-server")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AnyServer {
  /** Why it is the same in all of them. */
  String value();
}
