/**
 * The token endpoint and its neighbours in a web application: the filters, and all that knows HTTP
 * and JSON.
 *
 * <h2>The way of a request</h2>
 *
 * <pre>
 * TokenFilter -> FormEndpoint -> FormRequest -> (core) TokenEndpoint -> TokenResponseWriter
 *   routes        is shared       reads HTTP     decides                 says status and challenge
 * </pre>
 *
 * {@link dev.postern.servlet.TokenFilter} is the endpoints, {@link
 * dev.postern.servlet.BearerFilter} stands in front of resources that need an access token, {@link
 * dev.postern.servlet.TokenGuard} stands in front of one that is there already, {@link
 * dev.postern.servlet.Postern} is where the application finds its own API. The packages below are
 * what the filters are made of; none of them knows this one.
 */
package dev.postern.servlet;
