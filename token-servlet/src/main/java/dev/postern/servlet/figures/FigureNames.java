package dev.postern.servlet.figures;

/**
 * Whose figures they are.
 *
 * @param contextPath of the application; empty at the root
 * @param filter its name in {@code web.xml}
 */
public record FigureNames(String contextPath, String filter) {}
