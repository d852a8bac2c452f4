package io.sluice.edge.webhook;

import io.sluice.edge.event.EventRows;
import io.sluice.model.WebhookId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The {@code delivery} table, which a trigger fills with each event. */
final class Outbox {
    private Outbox() {}

    /** What waits for the webhook, the earliest due first. */
    static List<Delivery> waiting(JdbcClient jdbc, WebhookId webhook, int limit) {
        return jdbc.sql(
                        """
                        SELECT delivery.id AS delivery_id, attempts, tries, due_at, event.*
                        FROM delivery JOIN event ON event.id = event_id
                        WHERE webhook_id = ? AND state = 'waiting' ORDER BY due_at LIMIT ?
                        """)
                .params(webhook.toString(), limit)
                .query((row, _) ->
                        new Delivery(
                                row.getLong("delivery_id"),
                                row.getInt("attempts"),
                                row.getInt("tries"),
                                row.getLong("due_at"),
                                EventRows.read(row)))
                .list();
    }

    /**
     * One more try has ended.
     *
     * @return false if the delivery is gone, with its webhook
     */
    static boolean tried(
            JdbcClient jdbc, Delivery delivery, Reply reply, long at, long tookMillis) {
        boolean isThere =
                jdbc.sql(
                                        "UPDATE delivery SET attempts = attempts + 1, tries = tries + 1, updated_at = ? WHERE id = ?")
                                .params(at, delivery.id())
                                .update()
                        == 1;
        if (isThere) {
            jdbc.sql(
                            """
                            INSERT INTO delivery_attempt (delivery_id, attempt, at, took_ms, status, error)
                            SELECT id, attempts, ?, ?, ?, ? FROM delivery WHERE id = ?
                            """)
                    .params(
                            Arrays.asList(
                                    at, tookMillis, reply.status(), reply.error(), delivery.id()))
                    .update();
        }
        return isThere;
    }

    static void end(JdbcClient jdbc, Delivery delivery, String state) {
        jdbc.sql("UPDATE delivery SET state = ? WHERE id = ?")
                .params(state, delivery.id())
                .update();
    }

    static void again(JdbcClient jdbc, Delivery delivery, long dueAt) {
        jdbc.sql("UPDATE delivery SET due_at = ? WHERE id = ?")
                .params(dueAt, delivery.id())
                .update();
    }

    /** False if there is no such delivery. */
    static boolean replay(JdbcClient jdbc, WebhookId webhook, long id, long now) {
        return jdbc.sql(
                                "UPDATE delivery SET state = 'waiting', tries = 0, due_at = ?, updated_at = ? WHERE id = ? AND webhook_id = ?")
                        .params(now, now, id, webhook.toString())
                        .update()
                == 1;
    }

    /** The newest deliveries of a webhook, behind an id if one is given. */
    static List<DeliveryLog> log(
            JdbcClient jdbc, WebhookId webhook, @Nullable Long before, int limit) {
        return jdbc.sql(
                        """
                        SELECT delivery.id, uid, type, upload_id, state, due_at
                        FROM delivery JOIN event ON event.id = event_id
                        WHERE webhook_id = ? AND delivery.id < ? ORDER BY delivery.id DESC LIMIT ?
                        """)
                .params(webhook.toString(), before == null ? Long.MAX_VALUE : before, limit)
                .query((row, _) ->
                        new DeliveryLog(
                                row.getLong("id"),
                                row.getString("uid"),
                                row.getString("type"),
                                row.getString("upload_id"),
                                row.getString("state"),
                                row.getString("state").equals("waiting")
                                        ? java.time.Instant.ofEpochMilli(row.getLong("due_at"))
                                        : null,
                                attempts(jdbc, row.getLong("id"))))
                .list();
    }

    private static List<DeliveryLog.Attempt> attempts(JdbcClient jdbc, long delivery) {
        return jdbc.sql("SELECT * FROM delivery_attempt WHERE delivery_id = ? ORDER BY attempt")
                .param(delivery)
                .query((row, _) -> {
                    int status = row.getInt("status");
                    Integer answered = row.wasNull() ? null : status;
                    return new DeliveryLog.Attempt(
                            row.getInt("attempt"),
                            java.time.Instant.ofEpochMilli(row.getLong("at")),
                            row.getLong("took_ms"),
                            answered,
                            row.getString("error"));
                })
                .list();
    }

    /**
     * Forgets what nothing has happened to for long, and the oldest that ended when there are too
     * many.
     *
     * @return how many there were
     */
    static int forget(JdbcClient jdbc, long before, int keep, int limit) {
        return jdbc.sql(
                        """
                        DELETE FROM delivery WHERE id IN (
                            SELECT id FROM delivery WHERE updated_at < ?
                                OR (state <> 'waiting' AND id <= (SELECT max(id) FROM delivery) - ?)
                            ORDER BY id LIMIT ?)
                        """)
                .params(before, keep, limit)
                .update();
    }
}
