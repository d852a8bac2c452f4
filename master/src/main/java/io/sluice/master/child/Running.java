package io.sluice.master.child;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child process that was started.
 *
 * @param process the process
 * @param lastLine what it printed last, once it has closed its output
 */
public record Running(Process process, CompletableFuture<String> lastLine) {
    /** A grandchild that holds the output open must not hide the child's end for longer. */
    private static final int OUTPUT_SECONDS = 1;

    /**
     * Starts a program.
     *
     * @throws IOException if the system refuses
     */
    public static Running start(Program program, LogFile log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.command()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(program.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, LogPump.start(program.name(), process.getInputStream(), log));
    }

    /** Completes with the exit when the process has ended and its log is written. */
    public CompletableFuture<Exit> exit() {
        return process.onExit()
                .thenCompose(ended ->
                        lastLine.copy()
                                .completeOnTimeout("", OUTPUT_SECONDS, TimeUnit.SECONDS)
                                .thenApply(line -> new Exit(ended.exitValue(), line)));
    }

    /**
     * Asks the process to end. Through its handle: {@code Process.destroy} would close its output
     * too, and the log of the drain would be lost.
     */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Kills the process and those that it has started. */
    public void kill() {
        descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }

    /** The processes that this one has started. */
    public Stream<ProcessHandle> descendants() {
        return process.descendants();
    }

    /**
     * How a process ended.
     *
     * @param code the exit code; 128 + N after signal N
     * @param lastLine what it printed last, or nothing
     */
    public record Exit(int code, String lastLine) {}
}
