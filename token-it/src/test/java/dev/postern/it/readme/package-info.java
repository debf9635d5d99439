/** Every snippet of README.md is run as it stands there. */
package dev.postern.it.readme;
