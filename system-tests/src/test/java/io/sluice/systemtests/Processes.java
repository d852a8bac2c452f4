package io.sluice.systemtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The system's processes as {@code /proc} shows them. */
final class Processes {
    private Processes() {}

    /**
     * The processes that belong to a data directory: their command line or environment has its
     * path, or they descend from one that does.
     */
    static List<ProcessHandle> of(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> names(process.pid(), data))
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .filter(Processes::runs)
                .toList();
    }

    /** Those of a data directory that work in a role. */
    static List<ProcessHandle> of(Path data, String role) {
        return of(data).stream()
                .filter(process ->
                        read(process.pid(), "cmdline").contains("-Dsluice.process=" + role + "\0"))
                .toList();
    }

    /** Whether a process still runs: one that only waits to be reaped does not. */
    static boolean runs(ProcessHandle process) {
        return process.isAlive() && !read(process.pid(), "cmdline").isEmpty();
    }

    /** Sends a signal by its name: {@code STOP}. */
    static void signal(long pid, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS)) {
            throw new IOException("kill doesn't end");
        }
    }

    /** Its command lines, for a message. */
    static List<String> describe(List<ProcessHandle> processes) {
        return processes.stream()
                .map(process ->
                        process.pid() + " " + read(process.pid(), "cmdline").replace('\0', ' '))
                .toList();
    }

    private static boolean names(long pid, Path data) {
        return pid != ProcessHandle.current().pid()
                && Stream.of("cmdline", "environ")
                        .map(file -> read(pid, file))
                        .anyMatch(text -> text.contains(data + "\0") || text.contains(data + "/"));
    }

    private static String read(long pid, String file) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), file));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            // It has ended meanwhile, or is another user's: it names nothing of ours.
            return "";
        }
    }
}
