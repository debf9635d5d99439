/**
 * Reads requests: transport, framing, body, form, credentials, as strictly as the RFCs say and
 * whatever the container makes of them. Answers nothing.
 *
 * <p>{@link dev.postern.servlet.request.FormRequest} is the order in which that is done.
 */
package dev.postern.servlet.request;
