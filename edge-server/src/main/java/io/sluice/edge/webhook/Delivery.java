package io.sluice.edge.webhook;

import io.sluice.edge.event.Event;

/**
 * An event on its way to a webhook.
 *
 * @param attempts how often it was sent
 * @param tries the same since it was last replayed: what the retries count
 * @param dueAt Unix milliseconds
 */
record Delivery(long id, int attempts, int tries, long dueAt, Event event) {}
