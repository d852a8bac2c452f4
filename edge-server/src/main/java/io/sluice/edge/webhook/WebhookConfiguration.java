package io.sluice.edge.webhook;

import io.sluice.edge.database.Database;
import io.sluice.edge.upload.Chore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the webhooks. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {
    private static final int FORGET_EVERY_SECONDS = 60;

    @Bean
    Webhooks webhooks(Database database, WebhookProperties properties, InstantSource clock) {
        return new Webhooks(database, properties, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DeliveryRunner deliveryRunner(
            Database database,
            Webhooks webhooks,
            Courier courier,
            WebhookProperties properties,
            InstantSource clock) {
        return new DeliveryRunner(database, webhooks, courier, properties, clock);
    }

    @Bean
    Chore forgetDeliveries(Webhooks webhooks) {
        return new Chore("forget old deliveries", FORGET_EVERY_SECONDS, webhooks::forget);
    }
}
