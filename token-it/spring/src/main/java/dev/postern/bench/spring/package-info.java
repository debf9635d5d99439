/** Spring Authorization Server as a peer of the benchmark. */
package dev.postern.bench.spring;
