package io.sluice.benchmarks.channel;

/**
 * What one measurement gave.
 *
 * @param p50 of a round trip in microseconds
 * @param p99 of a round trip in microseconds
 * @param rate messages a second
 * @param cpu microseconds of both processes for each message
 */
public record Sample(double p50, double p99, double rate, double cpu) {}
