package dev.postern.it.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A part of the contract where containers differ most, and which each server is tested with even
 * where all of it would take too long: hostile requests, clients, grants, the guard.
 */
@Tag("slice")
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Slice {}
