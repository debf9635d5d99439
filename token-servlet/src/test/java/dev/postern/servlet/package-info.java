/** Tests of all that needs no container; token-it has the rest. */
package dev.postern.servlet;
