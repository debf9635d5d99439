/**
 * What a token costs: micro benchmarks (JMH), servers under load beside a bare servlet, starts,
 * heap and jars, and the gates that hold the steady ones. docs/benchmarks.md tells how to run them.
 */
package dev.postern.bench;
