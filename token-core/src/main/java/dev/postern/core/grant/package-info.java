/** The grants of RFC 6749 s4 and s6. */
package dev.postern.core.grant;
