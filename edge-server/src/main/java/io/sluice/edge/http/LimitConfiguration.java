package io.sluice.edge.http;

import io.sluice.edge.http.limit.RequestLimits;
import io.sluice.edge.http.limit.TrustedProxies;
import io.sluice.edge.http.limit.UploadPlaces;
import io.sluice.edge.identity.Authenticator;
import io.sluice.edge.upload.Uploads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is let in, and how much of everybody. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    @Bean
    RequestLimits requestLimits(EdgeProperties properties) {
        return new RequestLimits(properties.rate(), System::nanoTime);
    }

    @Bean
    Gate gate(Authenticator authenticator, TrustedProxies proxies, RequestLimits limits) {
        return new Gate(authenticator, proxies, limits);
    }

    @Bean
    Draining draining() {
        return new Draining();
    }

    @Bean
    Entrance entrance(
            Gate gate,
            Draining draining,
            EdgeProperties properties,
            Uploads uploads,
            UploadPolicy policy) {
        EdgeProperties.Limits limits = properties.limits();
        return new Entrance(
                gate,
                draining,
                new UploadPlaces(limits.uploadsPerKey(), limits.uploadsPerAddress()),
                uploads,
                policy);
    }
}
