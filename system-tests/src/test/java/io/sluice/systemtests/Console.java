package io.sluice.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process prints, line by line as it comes.
 *
 * <p>Concurrency: {@code this} guards all; one thread of its own reads.
 */
final class Console {
    private final List<String> lines = new ArrayList<>();
    private final Pattern awaited;
    private final CompletableFuture<Matcher> found = new CompletableFuture<>();

    private Console(Pattern awaited) {
        this.awaited = awaited;
    }

    /** Reads a process's output until it ends. */
    static Console of(Process process, Pattern awaited) {
        Console console = new Console(awaited);
        Thread.ofVirtual().name("console").start(() -> console.read(process.inputReader()));
        return console;
    }

    private void read(BufferedReader reader) {
        try (reader) {
            reader.lines().forEach(this::add);
            found.completeExceptionally(new AssertionError("it ended instead:\n" + text()));
        } catch (IOException | UncheckedIOException e) {
            found.completeExceptionally(e);
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        Matcher matcher = awaited.matcher(line);
        if (matcher.find()) {
            found.complete(matcher);
        }
    }

    /** Completes with the first line that has the awaited pattern; fails when the output ends. */
    CompletableFuture<Matcher> found() {
        return found.copy();
    }

    /** All lines so far. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** All lines so far, as one text. */
    String text() {
        return String.join("\n", lines());
    }
}
