package io.sluice.edge.identity;

/**
 * A key that was just made.
 *
 * @param secret shown to its maker now and never again
 */
public record NewKey(ApiKey key, String secret) {}
