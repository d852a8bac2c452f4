package io.sluice.cachemanager;

import io.sluice.service.SluiceService;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The cache-manager's program. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(CacheManagerProperties.class)
@Import(UpkeepConfiguration.class)
public class CacheManagerApplication {
    /** Runs the cache-manager until the master or a signal ends it. */
    public static void main(String[] args) {
        SluiceService.run(CacheManagerApplication.class, "cache-manager", args);
    }
}
