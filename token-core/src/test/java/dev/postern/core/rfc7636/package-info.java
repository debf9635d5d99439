/** RFC 7636 (PKCE), a class a section. */
package dev.postern.core.rfc7636;
