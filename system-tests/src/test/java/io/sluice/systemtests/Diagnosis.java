package io.sluice.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints the ends of all logs when a test has failed. */
public final class Diagnosis implements AfterTestExecutionCallback {
    private static final int LINES = 60;
    private static final Set<Path> WATCHED = ConcurrentHashMap.newKeySet();

    /** From now on this data directory's logs are shown. */
    static void watch(Path data) {
        WATCHED.add(data);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            System.err.println("--- failed: " + context.getDisplayName());
            for (Path data : WATCHED) {
                for (Path log : Trees.files(data.resolve("log")).keySet()) {
                    print(log);
                }
            }
        }
    }

    private static void print(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            System.err.println("--- " + log);
            lines.subList(Math.max(0, lines.size() - LINES), lines.size())
                    .forEach(System.err::println);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
