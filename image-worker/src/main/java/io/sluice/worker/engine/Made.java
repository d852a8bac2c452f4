package io.sluice.worker.engine;

/**
 * A rendition that was written.
 *
 * @param name the target's
 * @param length in bytes, from the target's offset on
 */
public record Made(String name, Size size, long length) {}
