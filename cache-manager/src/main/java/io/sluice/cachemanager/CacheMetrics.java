package io.sluice.cachemanager;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sluice.cache.CacheStatistics;
import io.sluice.cache.DiskCache;
import io.sluice.cache.RemovalReason;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What all processes did with the cache, as meters {@code sluice.cache.*}. */
final class CacheMetrics implements MeterBinder {
    private final DiskCache cache;
    private final Progress progress;

    CacheMetrics(DiskCache cache, Progress progress) {
        this.cache = cache;
        this.progress = progress;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "hits", "lookups that found a file", CacheStatistics::hits);
        counter(registry, "misses", "lookups that found none", CacheStatistics::misses);
        counter(registry, "fills", "files put in place", CacheStatistics::fills);
        counter(
                registry,
                "damaged.files",
                "files of ours that weren't whole",
                CacheStatistics::damaged);
        for (RemovalReason reason : RemovalReason.values()) {
            FunctionCounter.builder(
                            "sluice.cache.evictions",
                            cache,
                            c -> c.statistics().removals().getOrDefault(reason, 0L))
                    .description("entries removed")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
        gauge(registry, "bytes", "in whole disk blocks", CacheStatistics::bytes);
        gauge(registry, "entries", "in the index", CacheStatistics::entries);
        gauge(registry, "capacity", "entries the index can hold", CacheStatistics::capacity);
        Gauge.builder("sluice.cache.foreign.files", progress, Progress::foreignFiles)
                .description("files in the cache that Sluice didn't write")
                .register(registry);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<CacheStatistics> value) {
        FunctionCounter.builder(
                        "sluice.cache." + name, cache, c -> value.applyAsDouble(c.statistics()))
                .description(description)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<CacheStatistics> value) {
        Gauge.builder("sluice.cache." + name, cache, c -> value.applyAsDouble(c.statistics()))
                .description(description)
                .register(registry);
    }
}
