package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Sluice that runs: the real thing, as {@code ./sluice up} started it. */
final class Sluice implements AutoCloseable {
    /** What the ready line must have. */
    static final Pattern READY = Pattern.compile("^ready in (\\d+\\.\\d) s  (http://[^\\s/]+)");

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int START_SECONDS = 90;

    private final Launch launch;
    private final Process process;
    private final Console console;
    private final URI base;
    private final Api api;
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    private Sluice(Launch launch, Process process, Console console, URI base) throws IOException {
        this.launch = launch;
        this.process = process;
        this.console = console;
        this.base = base;
        this.api = new Api(base, Files.readString(adminKey()).strip());
    }

    static Sluice start(Launch launch) throws IOException, InterruptedException {
        Process process = Command.start(launch.arguments());
        Console console = Console.of(process, READY);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> killAll(launch.data())));
        try {
            Matcher ready = console.found().get(START_SECONDS, TimeUnit.SECONDS);
            return new Sluice(launch, process, console, URI.create(ready.group(2)));
        } catch (ExecutionException | TimeoutException e) {
            killAll(launch.data());
            process.destroyForcibly();
            throw new AssertionError("Sluice did not get ready:\n" + console.text(), e);
        }
    }

    Path data() {
        return launch.data();
    }

    Path adminKey() {
        return data().resolve("secrets/admin.key");
    }

    URI base() {
        return base;
    }

    /** A client with the admin key. */
    Api api() {
        return api;
    }

    Console console() {
        return console;
    }

    /** The process that {@code ./sluice up} is. */
    Process process() {
        return process;
    }

    /** What {@code ./sluice status --json} says. */
    JsonNode status() throws IOException, InterruptedException {
        Command status = Command.run("status", "--json", "--data", data());
        assertThat(status.exit()).as(status.text()).isZero();
        return JsonMapper.shared().readTree(status.text());
    }

    /** The first process of a role, as status names it. */
    JsonNode status(String role) throws IOException, InterruptedException {
        for (JsonNode each : status().get("processes")) {
            if (each.get("role").asString().equals(role)) {
                return each;
            }
        }
        throw new AssertionError("status names no " + role);
    }

    /** The metrics of a role's process. */
    Metrics metrics(String role) throws IOException, InterruptedException {
        int port = status(role).get("ports").get("management").asInt();
        return Metrics.read(URI.create("http://127.0.0.1:" + port));
    }

    /** The one process of a role. */
    ProcessHandle process(String role) {
        List<ProcessHandle> found = Processes.of(data(), role);
        assertThat(found).as("processes of role " + role).hasSize(1);
        return found.getFirst();
    }

    /** Kills the role's process with signal 9, and returns when it has ended. */
    long kill(String role) {
        remember();
        ProcessHandle victim = process(role);
        victim.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !Processes.runs(victim));
        return victim.pid();
    }

    /** Returns when another process than that one is ready in the role. */
    void awaitReady(String role, long instead) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    JsonNode now = status(role);
                    return now.path("state").asString().equals("ready")
                            && now.path("pid").asLong() != instead;
                });
    }

    /** Sends a signal to every process, the master first. */
    void signalAll(String name) throws IOException, InterruptedException {
        Processes.signal(process.pid(), name);
        for (ProcessHandle each : Processes.of(data())) {
            Processes.signal(each.pid(), name);
        }
    }

    /** Kills everything with signal 9 at once, the master first. */
    void killAll() {
        remember();
        process.destroyForcibly();
        seen.forEach(ProcessHandle::destroyForcibly);
        awaitNothingRuns();
    }

    /** Ends it as Ctrl-C or an init system does: it must drain, exit with 0 and leave nothing. */
    void stop() {
        remember();
        process.destroy();
        awaitExit();
    }

    /** Takes note of all processes: an orphan's command line need not tell whose it was. */
    void remember() {
        seen.addAll(Processes.of(data()));
    }

    private List<String> running() {
        return Processes.describe(
                Stream.concat(seen.stream(), Processes.of(data()).stream())
                        .distinct()
                        .filter(Processes::runs)
                        .toList());
    }

    /** Returns when it has ended by itself with exit code 0 and nothing is left. */
    void awaitExit() {
        await().atMost(PATIENCE).alias("it ends").until(() -> !process.isAlive());
        assertThat(process.exitValue()).as("exit code\n" + console.text()).isZero();
        assertThat(running()).as("survivors").isEmpty();
    }

    /** Returns when no process of the data directory runs any more. */
    void awaitNothingRuns() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(running()).isEmpty());
    }

    @Override
    public void close() {
        api.close();
        if (process.isAlive()) {
            stop();
        } else {
            killAll(data());
        }
    }

    private static void killAll(Path data) {
        Processes.of(data).forEach(ProcessHandle::destroyForcibly);
    }
}
