/** What may be wrong with the place that a filter was dropped into. Knows no servlet API. */
package dev.postern.servlet.doctor;
