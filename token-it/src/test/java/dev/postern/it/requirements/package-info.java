/** Holds the table of requirements, {@code docs/requirements.csv}, and the tests to each other. */
package dev.postern.it.requirements;
