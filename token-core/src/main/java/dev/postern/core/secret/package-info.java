/** The formats in which client secrets are hashed, and the command that makes them. */
package dev.postern.core.secret;
