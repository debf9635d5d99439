/** What the jar does when it is run: make and hash client secrets. */
package dev.postern.core.command;
