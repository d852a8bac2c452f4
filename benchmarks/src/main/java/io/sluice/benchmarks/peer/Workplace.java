package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory and the processes that work in it. Closing it, or ending this program in any way that
 * the JVM notices, stops the processes and deletes the directory.
 */
public final class Workplace implements AutoCloseable {
    /** Longer than a drain of Sluice may take. */
    private static final int PATIENCE_SECONDS = 40;

    private final Path directory;
    private final Deque<Process> processes = new ArrayDeque<>();
    private final Thread cleaner = new Thread(this::clean, "cleaner");

    /**
     * Makes it.
     *
     * @param parent on the disk to be measured; made if need be
     */
    public Workplace(Path parent, String name) throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(parent), name + "-");
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    /** Where everything lies. */
    public Path directory() {
        return directory;
    }

    /** Starts a process that is stopped with the workplace; its standard error goes to a file. */
    public synchronized Process start(String name, List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(directory.resolve(name + ".err").toFile())
                        .start();
        processes.push(process);
        return process;
    }

    /**
     * Stops a process now, with its descendants.
     *
     * @throws InterruptedException if the caller doesn't want to wait any more
     */
    public synchronized void stop(Process process) throws InterruptedException {
        processes.remove(process);
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            System.err.println("benchmarks: had to kill " + process.pid());
            descendants.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            return; // The JVM ends: the hook cleans.
        }
        clean();
    }

    private synchronized void clean() {
        try {
            while (!processes.isEmpty()) {
                stop(processes.peek());
            }
            delete(directory);
        } catch (IOException | InterruptedException e) {
            System.err.println("benchmarks: " + directory + " could not be cleaned: " + e);
        }
    }

    /** Deletes a directory with what is in it. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
