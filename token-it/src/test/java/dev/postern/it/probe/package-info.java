/** Small filters and servlets that applications of the harness's own tests carry. */
package dev.postern.it.probe;
