/**
 * Several nodes over one database, each a process of its own: all at once, killed, stopped, with
 * wrong clocks, and without their database.
 */
package dev.postern.it.cluster;
