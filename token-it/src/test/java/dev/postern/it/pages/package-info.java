/** The troubleshooting pages in a real browser: {@code mvn -Pbrowser verify -pl token-it -am}. */
package dev.postern.it.pages;
