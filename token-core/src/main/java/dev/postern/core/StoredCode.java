package dev.postern.core;

/** A code that a {@link TokenStore} knows. */
public record StoredCode(CodeGrant grant, Life life) {}
