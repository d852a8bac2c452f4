package io.sluice.worker.sandbox;

/**
 * One of the walls around this process.
 *
 * @param active whether it stands, which was tried
 * @param detail which kind it is, or why it is missing
 */
public record Guard(String name, boolean active, String detail) {
    static Guard active(String name, String detail) {
        return new Guard(name, true, detail);
    }

    static Guard missing(String name, String detail) {
        return new Guard(name, false, detail);
    }
}
