/**
 * Real servers, each started as a process of its own: what they are, how each wants to be
 * configured, and what their applications have logged.
 */
package dev.postern.it.server;
