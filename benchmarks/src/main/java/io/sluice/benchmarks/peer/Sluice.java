package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.load.Plan;
import io.sluice.benchmarks.measure.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Sluice as a user starts it: {@code ./sluice up}. */
public final class Sluice implements Server {
    private static final String UPLOADS = "/api/v1/uploads";
    private static final String TUS = "/api/v1/tus";
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_BACKLOG = Duration.ofMinutes(10);
    private static final int POLL_MILLIS = 100;

    private final String name;
    private final int port;
    private final String authorization;
    private final List<String> fields;
    private final Process process;
    private final double startSeconds;
    private final HttpClient http = HttpClient.newHttpClient();

    private Sluice(String name, int port, Path data, Process process, double startSeconds)
            throws IOException {
        this.name = name;
        this.port = port;
        this.authorization =
                "Bearer " + Files.readString(data.resolve("secrets/admin.key")).strip();
        this.fields = List.of("Authorization: " + authorization, TusServer.VERSION);
        this.process = process;
        this.startSeconds = startSeconds;
    }

    /**
     * Starts it and waits for the ready line.
     *
     * @param home the directory that the script lies in
     * @param data the data directory
     * @param settings each {@code key=value}
     * @throws IOException if it doesn't become ready
     */
    public static Sluice start(
            Workplace place, Path home, String name, Path data, String... settings)
            throws IOException {
        int port = Port.free();
        List<String> command = new ArrayList<>();
        command.addAll(List.of(home.resolve("sluice").toString(), "up", "--data"));
        command.addAll(List.of(data.toString(), "--port", Integer.toString(port)));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        long begin = System.nanoTime();
        Process process = place.start(name.replace(' ', '-'), command);
        awaitReady(process, place.directory().resolve(name.replace(' ', '-') + ".err"));
        return new Sluice(name, port, data, process, (System.nanoTime() - begin) / 1e9);
    }

    private static void awaitReady(Process process, Path log) throws IOException {
        // Ends a start that hangs: the reader below then sees the end of the output.
        Thread guard = Thread.ofVirtual().start(() -> endIfLate(process));
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready in ")) {
                guard.interrupt();
                Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
                return;
            }
        }
        throw new IOException("./sluice up didn't become ready: " + Files.readString(log));
    }

    private static void endIfLate(Process process) {
        try {
            if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            // It is ready.
            Thread.currentThread().interrupt();
        }
    }

    /** From the call of the script to the ready line. */
    public double startSeconds() {
        return startSeconds;
    }

    /** The master's process, which was started. */
    public Process process() {
        return process;
    }

    /** Where uploads are sent. */
    public URI uploads() {
        return URI.create("http://127.0.0.1:" + port + UPLOADS);
    }

    /** What the Authorization field must say. */
    public String authorization() {
        return authorization;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Processes processes() {
        return new Processes(process.toHandle());
    }

    @Override
    public List<Long> front() {
        List<Long> edges = new ArrayList<>();
        for (long pid : processes().pids()) {
            if (Role.of(pid).equals("edge")) {
                edges.add(pid);
            }
        }
        return edges;
    }

    @Override
    public boolean takes(Way way) {
        return true;
    }

    @Override
    public Plan plan(Load load) {
        return switch (load.way()) {
            case RAW -> load.plan(port, fields, Plan.Method.POST, UPLOADS);
            case FORM -> load.plan(port, fields, Plan.Method.FORM, UPLOADS);
            case TUS_CREATION -> load.plan(port, fields, Plan.Method.TUS_CREATION, TUS);
            case TUS_PATCH -> load.plan(port, fields, Plan.Method.TUS_PATCH, TUS);
        };
    }

    @Override
    public Plan deletion(Load load) {
        return load.deletion(port, fields);
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_BACKLOG.toNanos();
        while (isAny("stored") || isAny("processing")) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)
                    || System.nanoTime() - deadline > 0) {
                throw new IOException(name + " has ended, or its uploads don't reach an end");
            }
        }
    }

    private boolean isAny(String state) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + UPLOADS + "?limit=1&state=" + state);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Authorization", authorization)
                        .timeout(Duration.ofSeconds(30))
                        .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(uri + " answers " + answer.statusCode() + " " + answer.body());
        }
        return !JsonMapper.shared().readTree(answer.body()).path("uploads").isEmpty();
    }
}
