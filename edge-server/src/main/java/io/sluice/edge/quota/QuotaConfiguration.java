package io.sluice.edge.quota;

import io.sluice.edge.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the quotas. */
@Configuration(proxyBeanMethods = false)
class QuotaConfiguration {

    @Bean
    Quotas quotas(TenantProperties configured, Database database) {
        return new Quotas(configured, database);
    }
}
