package io.sluice.cachemanager;

import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up unless the last round failed: a manager that waits or loads does its duty, too. */
final class CacheHealth implements HealthIndicator {
    private final Progress progress;

    CacheHealth(Progress progress) {
        this.progress = progress;
    }

    @Override
    public Health health() {
        Health.Builder health =
                progress.failure()
                        .map(why -> Health.outOfService().withDetail("reason", why))
                        .orElseGet(Health::up);
        return health.withDetail("phase", progress.phase().name().toLowerCase(Locale.ROOT))
                .withDetail("foreignFiles", progress.foreignFiles())
                .build();
    }
}
