package dev.postern.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** A test of the contract that needs the container in its own JVM; its value says why. */
@Tag("in-process")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface InProcess {
  /** Why it cannot be done from outside. */
  String value();
}
