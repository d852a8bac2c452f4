/** Webhooks: events sent to who asked for them, at least once, from an outbox. */
@NullMarked
package io.sluice.edge.webhook;

import org.jspecify.annotations.NullMarked;
