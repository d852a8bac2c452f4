package io.sluice.edge.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.edge.webhook.DeliveryLog;
import io.sluice.edge.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as the API shows it.
 *
 * @param secret only in the answer that made it
 */
record WebhookView(
        String id,
        String url,
        List<String> types,
        @Nullable String tenant,
        boolean enabled,
        @Nullable String disabledReason,
        @Nullable Instant failingSince,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    /** All webhooks. */
    record All(List<WebhookView> webhooks) {}

    /** A page of the delivery log, the newest first; {@code next} is the cursor behind it. */
    record Deliveries(List<DeliveryLog> deliveries, @Nullable String next) {}

    /** What a client sends to register one. */
    record Wanted(@Nullable String url, @Nullable List<String> types, @Nullable String tenant) {}

    static WebhookView of(Webhook webhook) {
        return of(webhook, null);
    }

    static WebhookView withSecret(Webhook webhook) {
        return of(webhook, webhook.secret().text());
    }

    private static WebhookView of(Webhook webhook, @Nullable String secret) {
        return new WebhookView(
                webhook.id().toString(),
                webhook.url(),
                webhook.types(),
                webhook.tenant(),
                webhook.disabledReason() == null,
                webhook.disabledReason(),
                webhook.failingSince(),
                webhook.createdAt(),
                secret);
    }
}
