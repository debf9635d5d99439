/**
 * The troubleshooting pages behind {@code error_uri}: what a browser asked for in, a page out.
 * Knows no servlet and keeps nothing.
 */
package dev.postern.servlet.pages;
