/** Real containers in this JVM, exact bytes to send to them, and the log lines that come of it. */
package dev.postern.it;
