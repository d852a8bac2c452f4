package io.sluice.benchmarks;

import io.sluice.benchmarks.load.LoadGenerator;
import io.sluice.benchmarks.load.Result;
import io.sluice.benchmarks.measure.DigestShare;
import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Memory;
import io.sluice.benchmarks.measure.Processes;
import io.sluice.benchmarks.peer.Load;
import io.sluice.benchmarks.peer.Nginx;
import io.sluice.benchmarks.peer.Server;
import io.sluice.benchmarks.peer.Sluice;
import io.sluice.benchmarks.peer.TusServer;
import io.sluice.benchmarks.peer.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Uploads to Sluice, durable and not, by each of its ways, to nginx, with its default body buffer
 * and its best one, and to @tus/server. All servers run all the time; each round sends each case to
 * one after the other, so that what else the machine does falls on all alike.
 */
final class UploadBenchmark {
    private static final List<UploadCase> CASES =
            List.of(
                    UploadCase.ONE_LARGE,
                    UploadCase.TUS,
                    UploadCase.FORM,
                    UploadCase.PARALLEL,
                    UploadCase.SMALL,
                    UploadCase.CREATION);
    private static final List<String> BUFFERS = List.of("16k", "1m");

    /** Only the case with a time ends by it. */
    private static final int PATIENCE_SECONDS = 600;

    /** So many small files, or so long, and a JVM has compiled what matters to them. */
    private static final int WARM_UP_UPLOADS = 30_000;

    private static final int WARM_UP_SECONDS = 60;

    private final Options options;
    private final List<UploadSample> samples = new ArrayList<>();

    UploadBenchmark(Options options) {
        this.options = options;
    }

    void run() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Report.printHead(options.command("upload"), machine);
        try (Workplace place = new Workplace(Options.target(), "upload")) {
            Path content = place.directory().resolve("content");
            RandomFile.write(content, UploadCase.ONE_LARGE.bodySize());
            double digest = digestSeconds();
            measure(place, servers(place), content);
            UploadTables tables = new UploadTables(samples, digest);
            tables.print();
            new Report("upload", options.command("upload"), machine, tables.result()).write();
        }
    }

    private static List<Server> servers(Workplace place) throws IOException, InterruptedException {
        List<Server> servers = new ArrayList<>();
        Path data = place.directory();
        servers.add(
                Sluice.start(place, Options.home(), UploadTables.DURABLE, data.resolve("durable")));
        servers.add(
                Sluice.start(
                        place,
                        Options.home(),
                        UploadTables.NOT_DURABLE,
                        data.resolve("none"),
                        "sluice.durability=none"));
        addNginx(place, servers);
        addTusServer(place, servers);
        return servers;
    }

    private static void addNginx(Workplace place, List<Server> servers)
            throws IOException, InterruptedException {
        Optional<Path> nginx = Nginx.program();
        if (nginx.isEmpty()) {
            System.out.println(
                    "without nginx, which isn't installed (apt-get install nginx-extras)\n");
            return;
        }
        for (String buffer : BUFFERS) {
            servers.add(Nginx.start(place, nginx.get(), buffer));
        }
    }

    private static void addTusServer(Workplace place, List<Server> servers)
            throws InterruptedException {
        try {
            servers.add(TusServer.start(place, Options.home().resolve("benchmarks")));
        } catch (IOException e) {
            System.out.printf(
                    "without @tus/server, which needs Node 20 or newer and npm: %s%n%n",
                    e.getMessage());
        }
    }

    private void measure(Workplace place, List<Server> servers, Path content)
            throws IOException, InterruptedException {
        List<Server> order = new ArrayList<>(servers);
        for (int round = UploadSample.WARM_UP; round <= options.rounds(); round++) {
            for (UploadCase upload : CASES) {
                Load load = load(place, upload, content, round);
                for (Server server : order) {
                    if (!server.takes(upload.way())) {
                        continue;
                    }
                    UploadSample sample = sample(server, upload, load, round);
                    samples.add(sample);
                    System.err.println(progress(sample));
                }
            }
            // The one after a disturbance is not always the same.
            Collections.rotate(order, 1);
        }
    }

    private Load load(Workplace place, UploadCase upload, Path content, int round) {
        boolean isWarmUp = upload.isTimed() && round == UploadSample.WARM_UP;
        return new Load(
                "%d-%d".formatted(round, upload.bodySize()),
                upload.way(),
                upload.bodySize(),
                upload.connections(),
                isWarmUp ? WARM_UP_UPLOADS : upload.uploads(),
                isWarmUp
                        ? WARM_UP_SECONDS
                        : upload.isTimed() ? options.seconds() : PATIENCE_SECONDS,
                content,
                place.directory().resolve("created"));
    }

    private static UploadSample sample(Server server, UploadCase upload, Load load, int round)
            throws IOException, InterruptedException {
        flush();
        List<Long> front = server.front();
        Memory.forgetPeaks(front);
        double before = Memory.now(front);
        double frontBefore = Processes.cpuSeconds(front);
        double allBefore = server.processes().cpuSeconds();
        Result result = LoadProcess.run(server.plan(load));
        long acknowledged = System.nanoTime();
        server.settle();
        double settle = (System.nanoTime() - acknowledged) / 1e9;
        double all = server.processes().cpuSeconds() - allBefore;
        double frontCpu = Processes.cpuSeconds(front) - frontBefore;
        double peak = Memory.peak(front);
        if (result.requests() == 0) {
            throw new IOException("%s, %s: %s".formatted(server.name(), upload.title(), result));
        }
        if (!upload.isTimed()) {
            delete(server, load);
        }
        return new UploadSample(
                server.name(),
                upload.title(),
                round,
                result,
                frontCpu,
                all,
                peak,
                peak - before,
                settle);
    }

    /**
     * Makes room for the next. Not for many small files: a file system that has just deleted as
     * many searches long for inodes, which would be the next server's loss.
     */
    private static void delete(Server server, Load load) throws IOException, InterruptedException {
        Result deleted = LoadGenerator.run(server.deletion(load));
        if (deleted.failed() > 0) {
            throw new IOException("%s: deletion: %s".formatted(server.name(), deleted));
        }
    }

    /** What one server left to be written is not the next one's load. */
    private static void flush() throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
    }

    private static String progress(UploadSample sample) {
        return "round %d, %s, %s: %.2f s, %d uploads%s"
                .formatted(
                        sample.round(),
                        sample.title(),
                        sample.server(),
                        sample.result().seconds(),
                        sample.result().requests(),
                        sample.result().failed() == 0
                                ? ""
                                : ", failed: %d (%s)"
                                        .formatted(
                                                sample.result().failed(),
                                                sample.result().firstFailure()));
    }

    private static double digestSeconds() throws IOException, InterruptedException {
        return Double.parseDouble(ChildJvm.output(DigestShare.class, "").strip());
    }
}
