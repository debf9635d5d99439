/**
 * The token endpoint in a web application: the filters, and all that knows HTTP and JSON.
 *
 * <h2>The way of a request</h2>
 *
 * <pre>
 * TokenFilter -> FormRequest -> (core) TokenEndpoint -> TokenResponseWriter
 *   routes        reads HTTP     decides                 writes HTTP and JSON
 * </pre>
 *
 * {@link dev.postern.servlet.TokenFilter} is the endpoint, {@link dev.postern.servlet.TokenGuard}
 * stands in front of one that is there already, {@link dev.postern.servlet.Postern} is where the
 * application finds its own API.
 */
package dev.postern.servlet;
