/** The embedded defaults: state and registrations in the memory of one process. */
package dev.postern.core.memory;
