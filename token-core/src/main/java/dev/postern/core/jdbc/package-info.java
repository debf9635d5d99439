/**
 * State and registrations in a database that nodes share, over the container's {@code DataSource}.
 *
 * <p>{@link dev.postern.core.jdbc.JdbcStore} says what is done, {@code Sql} holds every statement,
 * {@code Dialect} all that databases do not agree on, {@code Database} runs transactions with
 * deadlines and retries.
 */
package dev.postern.core.jdbc;
