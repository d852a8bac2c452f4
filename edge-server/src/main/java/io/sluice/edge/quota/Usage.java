package io.sluice.edge.quota;

/**
 * What a tenant has.
 *
 * @param bytes of its originals
 */
public record Usage(long bytes, long files) {
    static final Usage NOTHING = new Usage(0, 0);
}
