package io.sluice.edge.database;

import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param name the key's, or {@code sluice} for what happens by itself
 * @param tenant null for what happens by itself
 * @param address of the client, if there was one
 */
public record Actor(String name, @Nullable String tenant, @Nullable String address) {}
