package io.sluice.processor;

import org.jspecify.annotations.Nullable;

/** How many of something to run: a number from 1 on, or {@code auto}. */
public record Count(@Nullable Integer number) {
    private static final int MOST = 1024;

    public Count {
        if (number != null && (number < 1 || number > MOST)) {
            throw new IllegalArgumentException("not auto or 1 to " + MOST + ": " + number);
        }
    }

    /**
     * Reads a count.
     *
     * @throws IllegalArgumentException if it is neither auto nor such a number
     */
    public static Count valueOf(String text) {
        if (text.strip().equals("auto")) {
            return new Count(null);
        }
        if (!text.strip().matches("\\d{1,9}")) {
            throw new IllegalArgumentException("not auto or 1 to " + MOST + ": " + text);
        }
        return new Count(Integer.valueOf(text.strip()));
    }

    /** The number, or what auto stands for. */
    public int or(int automatic) {
        return number == null ? automatic : number;
    }
}
