/** RFC 6749, a class a section; the display names quote the sentences. */
package dev.postern.core.rfc6749;
