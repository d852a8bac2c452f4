package io.sluice.master;

import io.sluice.master.json.JsonLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The master's program as a process of its own, on a fake home. */
final class MasterProcess implements AutoCloseable {
    private static final int SECONDS = 30;

    final Path data;
    private final Path home;
    private final Path output;
    private final Process process;

    private MasterProcess(Path home, Path data, Process process, Path output) {
        this.home = home;
        this.data = data;
        this.process = process;
        this.output = output;
    }

    static MasterProcess up(Path home, Path data, String... more) throws IOException {
        Path output = Files.createTempFile(home, "up", ".out");
        List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        arguments.addAll(List.of(more));
        Process process = start(home, output, arguments);
        return new MasterProcess(home, data, process, output);
    }

    private static Process start(Path home, Path output, List<String> arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dsluice.home=" + home,
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.sluice.master.Sluice"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("A_SECRET", "of the shell");
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** Runs another command against this master's home and data. */
    Answer run(String command, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command, "--data", data.toString()));
        arguments.addAll(List.of(more));
        return command(home, arguments);
    }

    static Answer command(Path home, List<String> arguments)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "command", ".out");
        Process process = start(home, output, arguments);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(arguments + " hangs");
        }
        return new Answer(process.exitValue(), Files.readString(output));
    }

    /** What {@code status --json} says, of each process by its name. */
    Map<String, Map<?, ?>> processes() throws IOException, InterruptedException {
        Map<String, Object> status = JsonLine.read(run("status", "--json").output());
        Map<String, Map<?, ?>> processes = new TreeMap<>();
        if (status.get("processes") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> one) {
                    processes.put(String.valueOf(one.get("name")), one);
                }
            }
        }
        return processes;
    }

    Map<?, ?> process(String name) throws IOException, InterruptedException {
        return processes().getOrDefault(name, Map.of());
    }

    ProcessHandle child(String name) throws IOException, InterruptedException {
        Object pid = process(name).get("pid");
        return pid instanceof Long number
                ? ProcessHandle.of(number).orElseThrow()
                : ProcessHandle.of(-1).orElseThrow();
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    Process process() {
        return process;
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the master doesn't end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** How a command ended. */
    record Answer(int exitCode, String output) {}
}
