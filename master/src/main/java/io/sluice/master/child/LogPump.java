package io.sluice.master.child;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Copies what a child prints to its log, on a thread of its own, until the child closes it. */
final class LogPump implements Runnable {
    private static final int CHUNK = 8192;

    private final InputStream output;
    private final LogFile log;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final LastLine last = new LastLine();

    LogPump(InputStream output, LogFile log) {
        this.output = output;
        this.log = log;
    }

    /** Starts copying; the future ends with the last line that the child printed. */
    static CompletableFuture<String> start(String name, InputStream output, LogFile log) {
        LogPump pump = new LogPump(output, log);
        Thread.ofPlatform().daemon().name("log-" + name).start(pump);
        return pump.end;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[CHUNK];
        try (output) {
            int length;
            while ((length = output.read(chunk)) >= 0) {
                log.write(chunk, length);
                last.add(new String(chunk, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            log.line("the master can't read this process's output any more: " + e);
        } finally {
            end.complete(last.text());
        }
    }

    /** The last line with anything in it, cut to a length that fits a terminal. */
    private static final class LastLine {
        private static final int LONGEST = 500;
        private String text = "";

        void add(String chunk) {
            String line = chunk.strip();
            line = line.substring(line.lastIndexOf('\n') + 1);
            if (!line.isEmpty()) {
                text = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
            }
        }

        String text() {
            return text;
        }
    }
}
