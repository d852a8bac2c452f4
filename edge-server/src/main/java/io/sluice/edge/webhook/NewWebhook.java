package io.sluice.edge.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an admin asks for.
 *
 * @param tenant whose events; null for all
 * @param types of events; empty for all
 */
public record NewWebhook(@Nullable String tenant, String url, List<String> types) {

    public NewWebhook {
        types = List.copyOf(types);
    }
}
