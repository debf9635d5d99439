/**
 * Who is told what became of a request: log lines, listeners, figures; and the ids by which it is
 * found again.
 */
package dev.postern.servlet.events;
