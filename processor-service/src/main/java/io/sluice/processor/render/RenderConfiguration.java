package io.sluice.processor.render;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.DiskCache;
import io.sluice.processor.ProcessorProperties;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The render step with its workers and the cache. */
@Configuration(proxyBeanMethods = false)
class RenderConfiguration {
    @Bean
    ImageWorkers imageWorkers(ProcessorProperties properties, MeterRegistry meters) {
        ImageWorkers.Limits limits =
                new ImageWorkers.Limits(
                        properties.imageWorkersOn(Runtime.getRuntime().availableProcessors()),
                        properties.workerRenders(),
                        properties.workerWait(),
                        properties.renderTimeout());
        return new ImageWorkers(limits, WorkerProgram.of(properties), meters);
    }

    @Bean
    DiskCache diskCache(CacheSettings settings, InstantSource clock) throws IOException {
        return DiskCache.open(settings, clock);
    }

    @Bean
    RenderStep renderStep(ImageWorkers workers, DiskCache cache) {
        return new RenderStep(workers, new RenditionCache(cache));
    }

    /** Ready as long as one worker is: pictures then wait for it, at most. */
    @Bean
    HealthIndicator imageWorkersHealthIndicator(ImageWorkers workers) {
        return () -> {
            int ready = workers.ready();
            Health.Builder health = ready > 0 ? Health.up() : Health.outOfService();
            return health.withDetail("ready", ready).build();
        };
    }
}
