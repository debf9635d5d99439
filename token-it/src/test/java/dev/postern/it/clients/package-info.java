/** Real OAuth clients drive the sample WAR. */
package dev.postern.it.clients;
