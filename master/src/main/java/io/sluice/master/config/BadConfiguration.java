package io.sluice.master.config;

import java.util.List;

/** What the user must change before anything can start. */
public final class BadConfiguration extends Exception {
    private final List<String> lines;

    /** One line per error, each with its key, value and remedy. */
    public BadConfiguration(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
    }

    /** A single error. */
    public BadConfiguration(String line) {
        this(List.of(line));
    }

    /** The errors. */
    public List<String> lines() {
        return lines;
    }
}
