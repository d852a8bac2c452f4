package io.sluice.processor.render;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.DiskCache;
import io.sluice.channel.ChannelProperties;
import io.sluice.processor.ProcessorProperties;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The render step with its workers and the cache. */
@Configuration(proxyBeanMethods = false)
class RenderConfiguration {
    @Bean
    ImageWorkers imageWorkers(
            ProcessorProperties properties,
            CacheSettings cache,
            ChannelProperties channel,
            DataDirectory data,
            MeterRegistry meters)
            throws IOException {
        Probe probe = Probe.in(data.run().resolve("image-workers-" + properties.name()));
        Path store = Objects.requireNonNullElseGet(properties.store(), data::store);
        List<Path> readable = new ArrayList<>(List.of(store, probe.directory()));
        if (channel.unix().passDescriptors()) {
            // There the workers find copies of the originals.
            readable.add(cache.tempDirectory());
        }
        WorkerFiles files =
                new WorkerFiles(readable, List.of(cache.tempDirectory(), probe.directory()));
        ImageWorkers.Limits limits =
                new ImageWorkers.Limits(
                        properties.imageWorkersOn(Runtime.getRuntime().availableProcessors()),
                        properties.workerRenders(),
                        properties.workerResident().bytes(),
                        properties.workerWait(),
                        properties.renderTimeout());
        return new ImageWorkers(limits, WorkerProgram.of(properties, files), probe, meters);
    }

    @Bean
    DiskCache diskCache(CacheSettings settings, InstantSource clock) throws IOException {
        return DiskCache.open(settings, clock);
    }

    @Bean
    RenderStep renderStep(ImageWorkers workers, DiskCache cache, InstantSource clock) {
        return new RenderStep(workers, new RenditionCache(cache), new DeadlyOriginals(clock));
    }

    @Bean
    HealthIndicator imageWorkersHealthIndicator(ImageWorkers workers) {
        return new WorkersHealth(workers);
    }
}
