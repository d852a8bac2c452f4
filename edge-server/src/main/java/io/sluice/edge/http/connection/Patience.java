package io.sluice.edge.http.connection;

import java.time.Duration;

/**
 * How slow a client may be.
 *
 * @param header until the first request's header is complete
 * @param idle between an answer and the next request's complete header
 * @param stall without a byte taken of the answer, and the time over which a body's rate is taken
 * @param linger how long a refused client's bytes are discarded before the connection ends
 * @param bytesPerSecond the lowest rate of a body
 */
public record Patience(
        Duration header, Duration idle, Duration stall, Duration linger, long bytesPerSecond) {

    /** How often a connection is looked at: four times in its shortest timeout. */
    Duration interval() {
        Duration shortest = header.compareTo(stall) < 0 ? header : stall;
        return (idle.compareTo(shortest) < 0 ? idle : shortest).dividedBy(4);
    }

    /** The fewest bytes of a body that must come in one stall time. */
    long bytesPerStall() {
        return Math.max(1, bytesPerSecond * stall.toMillis() / 1000);
    }
}
