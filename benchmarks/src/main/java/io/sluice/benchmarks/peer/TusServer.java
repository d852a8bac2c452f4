package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.load.Plan;
import io.sluice.benchmarks.measure.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code @tus/server} of npm with its file store, in one process of Node. */
public final class TusServer implements Server {
    static final String VERSION = "Tus-Resumable: 1.0.0";
    private static final String SCRIPT = "tus-server.mjs";
    private static final String READY = "ready ";
    private static final int INSTALL_MINUTES = 5;

    private final int port;
    private final Process process;

    private TusServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Installs it, if it isn't yet, and starts it.
     *
     * @param home the directory with its package.json
     * @throws IOException if there is no Node or npm, or it can't be had, or doesn't start
     * @throws InterruptedException if the caller doesn't want to wait any more
     */
    public static TusServer start(Workplace place, Path home)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(home.resolve("node_modules/@tus/server"))) {
            install(home);
        }
        int port = Port.free();
        Process process =
                place.start(
                        "tus-server",
                        List.of(
                                "node",
                                home.resolve(SCRIPT).toString(),
                                place.directory().resolve("tus-server").toString(),
                                Integer.toString(port)));
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null || !line.startsWith(READY)) {
            throw new IOException("@tus/server didn't start: " + line);
        }
        return new TusServer(port, process);
    }

    private static void install(Path home) throws IOException, InterruptedException {
        Process npm =
                new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            npm.destroyForcibly();
        }
        if (npm.waitFor() != 0) {
            throw new IOException("npm ci in " + home + " failed");
        }
    }

    @Override
    public String name() {
        return "@tus/server";
    }

    @Override
    public Processes processes() {
        return new Processes(process.toHandle());
    }

    @Override
    public List<Long> front() {
        return processes().pids();
    }

    @Override
    public boolean takes(Way way) {
        return way == Way.TUS_CREATION || way == Way.TUS_PATCH;
    }

    @Override
    public Plan plan(Load load) {
        return load.plan(
                port,
                List.of(VERSION),
                load.way() == Way.TUS_PATCH ? Plan.Method.TUS_PATCH : Plan.Method.TUS_CREATION,
                "/files");
    }

    @Override
    public Plan deletion(Load load) {
        return load.deletion(port, List.of(VERSION));
    }

    @Override
    public void settle() {
        // It has nothing to do behind an answer.
    }
}
