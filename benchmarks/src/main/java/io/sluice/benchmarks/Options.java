package io.sluice.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line.
 *
 * @param names of the benchmarks to run
 * @param rounds how often each measurement is made
 * @param seconds that a load of small files lasts
 * @param only the contenders to measure, all of them if empty
 * @param line the arguments as they were given
 */
record Options(List<String> names, int rounds, int seconds, List<String> only, String line) {
    static final int ROUNDS = 3;
    static final int SECONDS = 5;
    private static final int MOST = 1000;

    Options {
        names = List.copyOf(names);
        only = List.copyOf(only);
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    static Options of(String... arguments) {
        List<String> names = new ArrayList<>();
        int rounds = ROUNDS;
        int seconds = SECONDS;
        List<String> only = List.of();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--rounds" -> rounds = number(arguments, ++i);
                case "--seconds" -> seconds = number(arguments, ++i);
                case "--only" -> only = words(arguments, ++i);
                default -> names.add(arguments[i]);
            }
        }
        return new Options(names, rounds, seconds, only, String.join(" ", arguments));
    }

    private static int number(String[] arguments, int index) {
        String text = index < arguments.length ? arguments[index] : "";
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException(
                    arguments[index - 1] + " " + text + ": give a number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    private static List<String> words(String[] arguments, int index) {
        String text = index < arguments.length ? arguments[index] : "";
        if (text.isBlank()) {
            throw new IllegalArgumentException("--only: give names with commas between them");
        }
        return List.of(text.split(",", -1));
    }

    /** The command that repeats the run. */
    String command(String name) {
        return "./sluice bench " + (names.isEmpty() ? (name + " " + line).strip() : line);
    }

    /** The directory that the script {@code sluice} lies in. */
    static Path home() {
        return Path.of(System.getProperty("sluice.home", ".")).toAbsolutePath().normalize();
    }

    /** Where servers keep their data while they are measured: the disk that the project is on. */
    static Path target() {
        return home().resolve("benchmarks/target");
    }
}
