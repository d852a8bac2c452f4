package io.sluice.edge.event;

import io.sluice.edge.database.Database;
import io.sluice.edge.upload.Chore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the events. */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {
    private static final int FORGET_EVERY_SECONDS = 60;

    @Bean(initMethod = "start", destroyMethod = "close")
    Events events(Database database, EventProperties properties, InstantSource clock) {
        return new Events(database, properties, clock);
    }

    @Bean
    Chore forgetEvents(Events events) {
        return new Chore("forget old events", FORGET_EVERY_SECONDS, events::forget);
    }
}
