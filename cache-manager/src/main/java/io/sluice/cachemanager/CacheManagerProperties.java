package io.sluice.cachemanager;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys {@code sluice.cache-manager.*}; what the cache may hold is in {@code sluice.cache.*}.
 *
 * @param managementPort of the actuator on 127.0.0.1; 0 takes a free one
 */
@ConfigurationProperties(prefix = "sluice.cache-manager", ignoreUnknownFields = false)
record CacheManagerProperties(@DefaultValue("9082") int managementPort) {
    private static final int LARGEST_PORT = 65_535;

    CacheManagerProperties {
        if (managementPort < 0 || managementPort > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "sluice.cache-manager.management-port = %d: must be 0 to %d"
                            .formatted(managementPort, LARGEST_PORT));
        }
    }
}
