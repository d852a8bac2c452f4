package io.sluice.edge;

import io.sluice.channel.Dispatcher;
import io.sluice.edge.database.Database;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.spool.DiskSpool;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the edge needs to take uploads; the members of its readiness group. */
@Configuration(proxyBeanMethods = false)
class EdgeHealth {

    @Bean
    HealthIndicator diskHealthIndicator(DiskSpool spool) {
        return () -> {
            long room = spool.room();
            return (room > 0 ? Health.up() : Health.down()).withDetail("room", room).build();
        };
    }

    @Bean
    HealthIndicator databaseHealthIndicator(Database database) {
        return () -> {
            int answer = database.read(jdbc -> jdbc.sql("SELECT 1").query(Integer.class).single());
            return (answer == 1 ? Health.up() : Health.down()).build();
        };
    }

    /** Without a processor uploads are still taken, as long as their jobs have room to wait. */
    @Bean
    HealthIndicator processorsHealthIndicator(Dispatcher dispatcher, Jobs jobs) {
        return () -> {
            int processors = dispatcher.processors();
            return (processors > 0 || jobs.hasRoom() ? Health.up() : Health.down())
                    .withDetail("processors", processors)
                    .withDetail("credit", dispatcher.credit())
                    .build();
        };
    }
}
