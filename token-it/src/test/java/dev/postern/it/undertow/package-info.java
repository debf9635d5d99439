/** Undertow, which reads no {@code web.xml}: a server process that is configured in code. */
package dev.postern.it.undertow;
