package io.sluice.edge.webhook;

import io.sluice.edge.database.Audit;
import io.sluice.model.WebhookId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a try's end does to its delivery and its webhook, in one commit. */
record Settlement(RetrySchedule schedule, Duration disableAfter) {

    /**
     * Settles a try.
     *
     * @param began Unix milliseconds
     * @return whether the webhook's row was changed
     */
    boolean settle(
            JdbcClient jdbc,
            WebhookId id,
            Delivery delivery,
            Reply reply,
            long began,
            Instant now) {
        Optional<Webhook> webhook = WebhookRows.find(jdbc, id);
        long took = now.toEpochMilli() - began;
        if (webhook.isEmpty()
                || !Outbox.tried(jdbc, delivery, reply, now.toEpochMilli(), Math.max(took, 0))) {
            return false;
        }
        if (reply.isTaken()) {
            Outbox.end(jdbc, delivery, "delivered");
            if (webhook.get().failingSince() == null) {
                return false;
            }
            WebhookRows.failing(jdbc, id, null);
            return true;
        }
        retry(jdbc, delivery, reply, now);
        return blame(jdbc, webhook.get(), reply, now);
    }

    private void retry(JdbcClient jdbc, Delivery delivery, Reply reply, Instant now) {
        Optional<Duration> pause =
                reply.isGone() ? Optional.empty() : schedule.after(delivery.tries() + 1);
        pause.ifPresentOrElse(
                p -> Outbox.again(jdbc, delivery, now.plus(p).toEpochMilli()),
                () -> Outbox.end(jdbc, delivery, "failed"));
    }

    private boolean blame(JdbcClient jdbc, Webhook webhook, Reply reply, Instant now) {
        Instant since = webhook.failingSince();
        if (reply.isGone()) {
            disable(jdbc, webhook, "it answered 410", now);
        } else if (since == null) {
            WebhookRows.failing(jdbc, webhook.id(), now);
        } else if (!since.plus(disableAfter).isAfter(now)) {
            disable(jdbc, webhook, "it has only failed since " + since, now);
        } else {
            return false;
        }
        return true;
    }

    private static void disable(JdbcClient jdbc, Webhook webhook, String reason, Instant now) {
        WebhookRows.disable(jdbc, webhook.id(), reason);
        Audit.write(
                jdbc,
                now.toEpochMilli(),
                "sluice",
                "webhook-disabled",
                webhook.id().toString(),
                reason);
    }
}
