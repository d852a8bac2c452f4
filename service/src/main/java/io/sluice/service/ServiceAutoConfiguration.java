package io.sluice.service;

import io.sluice.cache.CacheSettings;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The beans that each service has. */
@AutoConfiguration
class ServiceAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    DataDirectory dataDirectory(Environment environment) {
        return new DataDirectory(
                Binder.get(environment).bind("sluice.data", Path.class).orElse(Path.of("var")));
    }

    @Bean
    @ConditionalOnMissingBean
    CacheSettings cacheSettings(Environment environment) {
        return Binder.get(environment)
                .bindOrCreate(
                        "sluice.cache",
                        Bindable.of(CacheSettings.class),
                        SettingsType.strictHandler());
    }
}
