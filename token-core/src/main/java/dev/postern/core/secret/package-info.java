/** The formats in which client secrets are hashed. */
package dev.postern.core.secret;
