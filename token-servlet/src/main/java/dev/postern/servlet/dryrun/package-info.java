/**
 * What would become of a request that somebody pasted, as raw HTTP, a {@code curl} line or an entry
 * of a HAR file, on the administrator's page or on the command line. Nothing is issued or spent.
 */
package dev.postern.servlet.dryrun;
