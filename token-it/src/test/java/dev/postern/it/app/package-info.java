/** What the applications of the contract tests are made of: servlets, filters, extensions. */
package dev.postern.it.app;
