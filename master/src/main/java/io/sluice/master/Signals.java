package io.sluice.master;

import io.sluice.master.supervisor.Supervisor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM, SIGINT and SIGHUP reach a Java program as the start of its shutdown. The drain is the
 * shutdown's work; after it the exit code is 0, because ending was what was asked.
 */
final class Signals {
    private static final int CLEAN_UP_SECONDS = 5;

    private Signals() {}

    static void drainOnTermination(
            Supervisor supervisor, Duration patience, CompletableFuture<Void> cleanedUp) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> drain(supervisor, patience, cleanedUp), "drain"));
    }

    private static void drain(
            Supervisor supervisor, Duration patience, CompletableFuture<Void> cleanedUp) {
        if (supervisor.ended().isDone()) {
            // The run is over and ends the JVM with its own exit code.
            return;
        }
        supervisor.stop(patience).join();
        // The main thread removes the socket and the pid file.
        cleanedUp.completeOnTimeout(null, CLEAN_UP_SECONDS, TimeUnit.SECONDS).join();
        Runtime.getRuntime().halt(0);
    }
}
