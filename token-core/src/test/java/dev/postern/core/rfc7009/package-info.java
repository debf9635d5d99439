/** RFC 7009, OAuth 2.0 Token Revocation: a class for each section. */
package dev.postern.core.rfc7009;
