package io.sluice.edge.upload;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.DiskCache;
import io.sluice.edge.database.Database;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.spool.DiskStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the uploads. */
@Configuration(proxyBeanMethods = false)
class UploadConfiguration {

    @Bean
    Profiles profiles(ProfileProperties configured) {
        return new Profiles(configured);
    }

    @Bean
    DiskCache diskCache(CacheSettings settings, InstantSource clock) throws IOException {
        return DiskCache.open(settings, clock);
    }

    @Bean
    Uploads uploads(
            UploadProperties properties,
            Profiles profiles,
            Database database,
            DiskExecutor disk,
            DiskStore store,
            DiskCache cache,
            Jobs jobs,
            Quotas quotas,
            InstantSource clock,
            MeterRegistry meters) {
        return new Uploads(
                properties, profiles, database, disk, store, cache, jobs, quotas, clock, meters);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Housekeeping housekeeping(
            Database database,
            DiskSpool spool,
            DiskStore store,
            Jobs jobs,
            UploadProperties properties,
            InstantSource clock,
            List<Chore> chores) {
        return new Housekeeping(
                database,
                spool,
                jobs,
                new Reconciliation(database, store, clock),
                properties,
                clock,
                chores);
    }
}
