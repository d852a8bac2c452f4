package io.sluice.benchmarks.load;

/**
 * How a plan went.
 *
 * @param requests that were answered with 2xx
 * @param failed the others
 * @param firstFailure what the first of them was; empty if there was none
 * @param bytes of the bodies of those that succeeded
 * @param seconds from the first byte sent to the last answer
 * @param p50 latency in milliseconds
 * @param p99 latency in milliseconds
 */
public record Result(
        int requests,
        int failed,
        String firstFailure,
        long bytes,
        double seconds,
        double p50,
        double p99) {}
