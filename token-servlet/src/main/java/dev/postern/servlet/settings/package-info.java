/**
 * What the administrator has said: settings from all their sources, and the file of clients. All
 * that is wrong is collected, so that it can be told at once.
 */
package dev.postern.servlet.settings;
