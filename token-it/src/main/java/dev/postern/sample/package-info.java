/**
 * What an application writes itself when Postern is its token endpoint: its own pages and its own
 * protected resources. All of Postern that is used is {@code Postern.in(servletContext)}.
 */
package dev.postern.sample;
