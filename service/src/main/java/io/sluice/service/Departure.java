package io.sluice.service;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process after the master's death: gracefully, as on SIGTERM, but not for ever, because
 * nobody is left who would kill a shutdown that hangs.
 */
final class Departure implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void run() {
        LOG.warn("The master is gone: draining, then ending");
        Thread shutdown =
                Thread.ofPlatform().daemon().name("departure").start(() -> System.exit(0));
        try {
            shutdown.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.error("The drain took more than {} s: ending at once", PATIENCE.toSeconds());
        Runtime.getRuntime().halt(1);
    }
}
