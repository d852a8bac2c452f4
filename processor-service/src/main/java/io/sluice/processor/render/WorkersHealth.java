package io.sluice.processor.render;

import java.io.IOException;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up as long as a worker makes pictures: each that has nothing to do is given a small one to make.
 * Tells the engine, and what isolates it.
 */
final class WorkersHealth implements HealthIndicator {
    private final ImageWorkers workers;

    WorkersHealth(ImageWorkers workers) {
        this.workers = workers;
    }

    @Override
    public Health health() {
        try {
            int unhealthy = workers.findUnhealthy();
            int ready = Math.max(0, workers.ready() - unhealthy);
            Health.Builder health = ready > 0 ? Health.up() : Health.outOfService();
            return health.withDetail("ready", ready)
                    .withDetail("busy", workers.busy())
                    .withDetail("engine", workers.engine().map(Engine::name).orElse("none yet"))
                    .withDetail(
                            "isolation", workers.engine().map(Engine::isolation).orElse(Map.of()))
                    .build();
        } catch (IOException e) {
            return Health.down(e).build();
        }
    }
}
