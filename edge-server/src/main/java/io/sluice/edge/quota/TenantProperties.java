package io.sluice.edge.quota;

import java.util.LinkedHashMap;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings of the tenants, by name: a map, as the names are the user's. */
@ConfigurationProperties(prefix = "sluice.tenants", ignoreUnknownFields = false)
class TenantProperties extends LinkedHashMap<String, TenantQuota> {
    private static final long serialVersionUID = 1L;
}
