package io.sluice.edge.webhook;

import io.sluice.edge.event.CloudEvent;
import io.sluice.edge.event.Event;
import io.sluice.model.WebhookId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that wants to be told.
 *
 * @param tenant whose events; null for all
 * @param types of events; empty for all
 * @param oldSecret signs beside the new one for a while after a rotation
 * @param disabledReason null while it is sent to
 * @param failingSince the first failure since the last success
 */
public record Webhook(
        WebhookId id,
        @Nullable String tenant,
        String url,
        List<String> types,
        SigningSecret secret,
        @Nullable SigningSecret oldSecret,
        @Nullable Instant oldSecretEnds,
        @Nullable String disabledReason,
        @Nullable Instant failingSince,
        Instant createdAt) {

    public Webhook {
        types = List.copyOf(types);
    }

    boolean isEnabled() {
        return disabledReason == null;
    }

    /** The event as it is sent, signed with each secret that is valid. */
    Message message(Event event, Instant now) {
        String body = CloudEvent.of(event).text();
        long timestamp = now.getEpochSecond();
        String signature = secret.sign(event.uid(), timestamp, body);
        if (oldSecret != null && oldSecretEnds != null && now.isBefore(oldSecretEnds)) {
            signature += ' ' + oldSecret.sign(event.uid(), timestamp, body);
        }
        return new Message(url, event.uid(), timestamp, signature, body);
    }
}
