package io.sluice.cachemanager;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.DiskCache;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the upkeep of the cache. */
@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    DiskCache diskCache(CacheSettings settings, InstantSource clock) throws IOException {
        return DiskCache.open(settings, clock);
    }

    @Bean
    Progress progress() {
        return new Progress();
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    Resident resident(DiskCache cache, CacheSettings settings, Progress progress) {
        return new Resident(cache, settings, Resident.RHYTHM, progress);
    }

    @Bean
    HealthIndicator cacheHealthIndicator(Progress progress) {
        return new CacheHealth(progress);
    }

    @Bean
    MeterBinder cacheMetrics(DiskCache cache, Progress progress) {
        return new CacheMetrics(cache, progress);
    }
}
