package io.sluice.edge.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the log shows it.
 *
 * @param webhookId the id that the receiver saw
 * @param state {@code waiting}, {@code delivered}, or {@code failed} when it ran out of tries
 * @param dueAt of the next try; null when there is none
 */
public record DeliveryLog(
        long id,
        String webhookId,
        String type,
        String upload,
        String state,
        @Nullable Instant dueAt,
        List<Attempt> attempts) {

    public DeliveryLog {
        attempts = List.copyOf(attempts);
    }

    /**
     * One try.
     *
     * @param status null without an answer
     */
    public record Attempt(
            int attempt,
            Instant at,
            long tookMillis,
            @Nullable Integer status,
            @Nullable String error) {}
}
