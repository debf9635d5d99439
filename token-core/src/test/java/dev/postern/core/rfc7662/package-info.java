/** RFC 7662, OAuth 2.0 Token Introspection: a class for each section. */
package dev.postern.core.rfc7662;
