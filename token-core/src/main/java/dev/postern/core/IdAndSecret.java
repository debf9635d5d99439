package dev.postern.core;

/** A client id and a client secret as presented (RFC 6749 s2.3.1); the secret prints as stars. */
public record IdAndSecret(String id, Secret secret) {}
