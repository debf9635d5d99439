package dev.postern.servlet.pages;

/**
 * What a browser asked for. Nothing of it is ever written into a page.
 *
 * @param path what follows {@code errors} in the URL: empty, or from a slash on
 * @param language what {@code ?lang=} says; empty without it
 * @param acceptLanguage the header; empty without it
 * @param search what {@code ?q=} says; empty without it
 */
public record PageRequest(String path, String language, String acceptLanguage, String search) {}
