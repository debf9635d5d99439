/** The ways in which clients authenticate that need no more than a secret (RFC 6749 s2.3.1). */
package dev.postern.core.client;
