/** RFC 9700 (best current practice), a class a section. */
package dev.postern.core.rfc9700;
