package io.sluice.processor.original;

import io.sluice.processor.ProcessorProperties;
import io.sluice.service.DataDirectory;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store that the settings name. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    @Bean
    Store store(ProcessorProperties properties, DataDirectory data) {
        return new Store(Objects.requireNonNullElseGet(properties.store(), data::store));
    }
}
