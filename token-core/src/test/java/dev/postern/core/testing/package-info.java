/** What all tests of the core share: clients, forms, a clock, and an endpoint to send them to. */
package dev.postern.core.testing;
