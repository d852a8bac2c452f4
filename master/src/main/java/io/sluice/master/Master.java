package io.sluice.master;

import io.sluice.master.check.ConfigurationCheck;
import io.sluice.master.child.Installation;
import io.sluice.master.child.LogFile;
import io.sluice.master.child.Programs;
import io.sluice.master.config.BadConfiguration;
import io.sluice.master.config.MasterSettings;
import io.sluice.master.config.Settings;
import io.sluice.master.supervisor.MasterLock;
import io.sluice.master.supervisor.MasterSocket;
import io.sluice.master.supervisor.StartFailure;
import io.sluice.master.supervisor.Supervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One run of {@code up}, from the lock to the last child's end. */
final class Master {
    /** Long enough to close files, short enough for somebody who pressed Ctrl-C twice. */
    private static final Duration HURRY = Duration.ofSeconds(3);

    private final Settings settings;
    private final MasterSettings master;
    private final Programs programs;
    private final Console console;
    private final Supervisor supervisor;

    /**
     * A run.
     *
     * @throws BadConfiguration if the settings don't allow one
     */
    Master(Settings settings, Map<String, String> environment, PrintStream terminal)
            throws BadConfiguration {
        this.settings = settings;
        this.master = MasterSettings.of(settings);
        this.programs = new Programs(Installation.current(), settings, master, environment);
        this.console = new Console(terminal, new LogFile(master.data().log("master")));
        this.supervisor = new Supervisor(programs.all(), master, console::say);
    }

    /**
     * Runs until it is told to stop.
     *
     * @param out takes the ready line
     * @return the exit code
     * @throws BadConfiguration if the data directory can't be had
     * @throws IOException if the run directory can't be written
     */
    int run(PrintStream out) throws BadConfiguration, IOException {
        master.data().create();
        CompletableFuture<Void> cleanedUp = new CompletableFuture<>();
        try (MasterLock _ = MasterLock.take(master.data());
                MasterSocket _ =
                        MasterSocket.listen(
                                master.data().socket(), supervisor, this::answer, console::say)) {
            Signals.drainOnTermination(supervisor, master.shutdownTimeout(), cleanedUp);
            return supervise(out);
        } finally {
            cleanedUp.complete(null);
        }
    }

    private int supervise(PrintStream out) throws BadConfiguration {
        try {
            Map<String, Object> ports = supervisor.start().join();
            List<String> unknown = unknown();
            if (!unknown.isEmpty()) {
                return giveUp(unknown);
            }
            if (Installation.current().training()) {
                Training.exercise(master.data(), ports);
                supervisor.stop(Training.LONGEST_END).join();
                return 0;
            }
            out.println(ReadyLine.of(settings, master.data(), ports));
            supervisor.ended().join();
            return 0;
        } catch (CompletionException e) {
            if (e.getCause() instanceof StartFailure failure) {
                return giveUp(failure.lines());
            }
            throw e;
        }
    }

    private List<String> unknown() throws BadConfiguration {
        List<String> known = new ArrayList<>(supervisor.knownPrefixes().join());
        List<String> unknown = ConfigurationCheck.unknown(settings, known);
        if (unknown.isEmpty()
                || master.processors().values().stream().anyMatch(count -> count > 0)) {
            return unknown;
        }
        // No processor runs that could have told which keys are its own.
        known.addAll(ConfigurationCheck.prefixes(programs, "processor"));
        return ConfigurationCheck.unknown(settings, known);
    }

    private int giveUp(List<String> lines) {
        lines.forEach(console::say);
        supervisor.stopNow(HURRY).join();
        return 1;
    }

    private Map<String, Object> answer(Map<String, Object> order) {
        return switch (String.valueOf(order.get("command"))) {
            case "status" -> supervisor.status().join();
            case "reopen-logs" -> {
                console.reopen();
                yield Map.of("ok", supervisor.reopenLogs().join());
            }
            case "stop" -> {
                boolean now = Boolean.TRUE.equals(order.get("now"));
                Duration patience = now ? HURRY : master.shutdownTimeout();
                var _ = now ? supervisor.stopNow(patience) : supervisor.stop(patience);
                yield Map.of("ok", true, "seconds", patience.toSeconds());
            }
            default -> Map.of("ok", false, "error", "this version doesn't know the command");
        };
    }
}
