package io.sluice.edge.upload;

/**
 * An upload that is durable.
 *
 * @param isNew false when the Idempotency-Key had been used before and the earlier upload is given
 *     back
 */
public record Receipt(Upload upload, boolean isNew) {}
