/** The demo that {@code mvn -Pdemo} runs. */
package dev.postern.it.demo;
