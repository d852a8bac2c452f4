package io.sluice.master.supervisor;

import io.sluice.master.child.Backoff;
import io.sluice.master.child.LogFile;
import io.sluice.master.child.Program;
import io.sluice.master.child.Running;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the supervisor knows of one child. Only the supervisor's thread touches it. */
final class Child {
    final Program program;
    final LogFile log;
    final Backoff backoff;
    ChildState state = ChildState.ENDED;
    @Nullable String failure;
    Map<String, Object> ports = Map.of();

    /** Completes when the process has closed its link. */
    CompletableFuture<String> linkEnd = new CompletableFuture<>();

    boolean everReady;
    int restarts;
    private @Nullable Running running;
    private long startedNanos;

    Child(Program program, LogFile log, Backoff backoff) {
        this.program = program;
        this.log = log;
        this.backoff = backoff;
    }

    void started(Running process) {
        running = process;
        linkEnd = new CompletableFuture<>();
        startedNanos = System.nanoTime();
        state = ChildState.STARTING;
        ports = Map.of();
        failure = null;
    }

    void ended() {
        running = null;
        ports = Map.of();
        state = ChildState.ENDED;
    }

    Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    boolean hasPid(long pid) {
        return running != null && running.process().pid() == pid;
    }

    Duration runFor() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** The child as {@code status} tells it. */
    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("role", program.role());
        report.put("name", program.name());
        report.put("state", state.word());
        if (running != null) {
            report.put("pid", running.process().pid());
            report.put("uptime", runFor().toSeconds());
        }
        report.put("restarts", restarts);
        report.put("ports", new HashMap<>(ports));
        return report;
    }
}
