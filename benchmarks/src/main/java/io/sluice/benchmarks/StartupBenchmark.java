package io.sluice.benchmarks;

import static io.sluice.benchmarks.Table.figure;

import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Median;
import io.sluice.benchmarks.measure.Memory;
import io.sluice.benchmarks.peer.Role;
import io.sluice.benchmarks.peer.Sluice;
import io.sluice.benchmarks.peer.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Starts Sluice as a user does, on an empty data directory and on one that is there already. */
final class StartupBenchmark {
    private static final int LEAST_ROUNDS = 5;
    private static final int REST_SECONDS = 5;
    private static final double MOST_SECONDS = 8;
    private static final double MOST_MEMORY = 700;

    private final Options options;
    private final List<Start> starts = new ArrayList<>();

    StartupBenchmark(Options options) {
        this.options = options;
    }

    /**
     * One start.
     *
     * @param seconds from the call of the script to the ready line
     * @param cpu user and system seconds of all processes until then
     * @param memory of each role at rest
     */
    record Start(boolean isEmpty, double seconds, double cpu, Map<String, Memory> memory) {
        double resident() {
            return total().resident();
        }

        double proportional() {
            return total().proportional();
        }

        private Memory total() {
            return memory.values().stream().reduce(new Memory(0, 0), Memory::plus);
        }
    }

    void run() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Report.printHead(options.command("startup"), machine);
        try (Workplace place = new Workplace(Options.target(), "startup")) {
            prepare(place);
            for (int round = 1; round <= Math.max(LEAST_ROUNDS, options.rounds()); round++) {
                Path data = place.directory().resolve("data");
                starts.add(start(place, data, true));
                starts.add(start(place, data, false));
                Workplace.delete(data);
            }
        }
        print();
        new Report("startup", options.command("startup"), machine, starts).write();
    }

    /** The first start after a build prepares the next ones, which is no start as users know it. */
    private static void prepare(Workplace place) throws IOException, InterruptedException {
        Path data = place.directory().resolve("first");
        place.stop(Sluice.start(place, Options.home(), "first", data).process());
    }

    private static Start start(Workplace place, Path data, boolean isEmpty)
            throws IOException, InterruptedException {
        Sluice sluice = Sluice.start(place, Options.home(), "sluice", data);
        double cpu = sluice.processes().cpuSeconds();
        // What it needs at rest is what it needs after a while in which nothing was asked of it.
        if (sluice.process().waitFor(REST_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("Sluice ended by itself, see its log");
        }
        Map<String, Memory> memory = new TreeMap<>();
        for (long pid : sluice.processes().pids()) {
            memory.merge(Role.of(pid), Memory.of(pid), Memory::plus);
        }
        place.stop(sluice.process());
        Start start = new Start(isEmpty, sluice.startSeconds(), cpu, memory);
        System.err.printf(
                "%s: %.2f s, %.0f MiB%n",
                isEmpty ? "empty" : "existing", start.seconds(), start.resident());
        return start;
    }

    private void print() {
        Table seconds = new Table("./sluice up", "seconds", "least", "most", "CPU s");
        addTo(seconds, "empty data directory", of(true));
        addTo(seconds, "existing one", of(false));
        System.out.println(seconds + "\n");
        Table memory = new Table("at rest, MiB", "resident (RSS)", "its share (PSS)");
        for (String role : starts.getFirst().memory().keySet()) {
            memory.add(
                    role,
                    figure(Median.of(starts, start -> memory(start, role).resident()), 0),
                    figure(Median.of(starts, start -> memory(start, role).proportional()), 0));
        }
        double resident = Median.of(starts, Start::resident);
        memory.add(
                "together", figure(resident, 0), figure(Median.of(starts, Start::proportional), 0));
        System.out.println(memory + "\n");
        double slowest =
                Math.max(Median.of(of(true), Start::seconds), Median.of(of(false), Start::seconds));
        Goal.print("the ready line", slowest, MOST_SECONDS, "s");
        Goal.print("resident together", resident, MOST_MEMORY, "MiB");
    }

    private static void addTo(Table table, String title, List<Start> own) {
        table.add(
                title,
                figure(Median.of(own, Start::seconds), 2),
                figure(own.stream().mapToDouble(Start::seconds).min().orElse(0), 2),
                figure(own.stream().mapToDouble(Start::seconds).max().orElse(0), 2),
                figure(Median.of(own, Start::cpu), 2));
    }

    private static Memory memory(Start start, String role) {
        return start.memory().getOrDefault(role, new Memory(0, 0));
    }

    private List<Start> of(boolean isEmpty) {
        return starts.stream().filter(start -> start.isEmpty() == isEmpty).toList();
    }
}
