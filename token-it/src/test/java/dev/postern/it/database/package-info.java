/**
 * Real databases for the tests: servers that are started once, and a fresh database for each test.
 */
package dev.postern.it.database;
