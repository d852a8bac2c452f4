package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process of Sluice is: its command line says. */
public final class Role {
    private static final String PROPERTY = "-Dsluice.process=";

    private Role() {}

    /** The role's name; {@code other} of a process that is none of Sluice's, or is gone. */
    public static String of(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return Stream.of(line.split("\0", -1))
                    .filter(argument -> argument.startsWith(PROPERTY))
                    .map(argument -> argument.substring(PROPERTY.length()))
                    .findFirst()
                    .orElse("other");
        } catch (IOException e) {
            return "other";
        }
    }
}
