package io.sluice.master.check;

import io.sluice.master.child.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a service says about its settings.
 *
 * @param errors one line each
 * @param prefixes of the keys that it checks
 */
record ServiceCheck(List<String> errors, List<String> prefixes) {
    private static final String KNOWS = "knows ";
    private static final int SECONDS = 60;

    /** Runs a service in its check mode; takes about a second. */
    static ServiceCheck run(Program program) {
        ProcessBuilder builder = new ProcessBuilder(program.command());
        builder.environment().clear();
        builder.environment().putAll(program.environment());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            var _ =
                    process.onExit()
                            .orTimeout(SECONDS, TimeUnit.SECONDS)
                            .whenComplete((ended, late) -> process.destroyForcibly());
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return of(program.role(), output.lines().toList(), process.waitFor());
        } catch (IOException e) {
            return failed(program.role() + " can't be checked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(program.role() + " wasn't checked: interrupted");
        }
    }

    private static ServiceCheck of(String role, List<String> lines, int exitCode) {
        List<String> errors = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(KNOWS)) {
                prefixes.add(line.substring(KNOWS.length()));
            } else if (exitCode != 0) {
                errors.add(line);
            }
        }
        if (exitCode != 0 && errors.isEmpty()) {
            errors.add("%s's check ended with exit code %d".formatted(role, exitCode));
        }
        return new ServiceCheck(errors, prefixes);
    }

    private static ServiceCheck failed(String error) {
        return new ServiceCheck(List.of(error), List.of());
    }
}
