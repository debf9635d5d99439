/**
 * The contract of both filters over HTTP, in parts: {@link
 * dev.postern.it.contract.TokenEndpointContract} lists them, and each container runs it by one
 * small subclass.
 */
package dev.postern.it.contract;
