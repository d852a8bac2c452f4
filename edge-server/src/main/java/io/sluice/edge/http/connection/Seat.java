package io.sluice.edge.http.connection;

import org.jspecify.annotations.Nullable;

/**
 * One connection's place among all.
 *
 * @param refusal why it must end at once; null if it may stay
 * @param leaving gives the place back; to be run once
 */
record Seat(@Nullable EndReason refusal, Runnable leaving) {}
