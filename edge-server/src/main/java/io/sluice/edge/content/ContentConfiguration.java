package io.sluice.edge.content;

import io.sluice.cache.DiskCache;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.upload.Profiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what is served. */
@Configuration(proxyBeanMethods = false)
class ContentConfiguration {

    @Bean
    Originals originals(DiskStore store) {
        return new Originals(store);
    }

    @Bean
    Renditions renditions(DiskCache cache, Jobs jobs, Profiles profiles) {
        return new Renditions(cache, jobs, profiles);
    }
}
