/**
 * What has been counted since the start, for JMX consoles and for Micrometer. Knows no servlet API.
 */
package dev.postern.servlet.figures;
