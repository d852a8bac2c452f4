package io.sluice.master;

import io.sluice.master.child.LogFile;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where the master tells the operator what happens: a line on the terminal, and with its time in
 * the master's log.
 */
final class Console {
    private final PrintStream terminal;
    private final LogFile log;

    Console(PrintStream terminal, LogFile log) {
        this.terminal = terminal;
        this.log = log;
    }

    void say(String line) {
        terminal.println("sluice: " + line);
        log.line(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }

    void reopen() {
        log.reopen();
    }
}
