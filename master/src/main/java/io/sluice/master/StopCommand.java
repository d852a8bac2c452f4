package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import io.sluice.master.config.DataDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "stop",
        description = "Drains and ends the running master, and waits until it has ended.")
final class StopCommand implements Callable<Integer> {
    /** What the master needs beyond the drain: killing, removing its files. */
    private static final long MARGIN_SECONDS = 15;

    @Mixin private DataOption data = new DataOption();

    @Option(names = "--now", description = "don't wait for requests and jobs that run")
    private boolean now;

    @Override
    public Integer call() throws BadConfiguration, IOException, InterruptedException {
        DataDirectory directory = data.directory();
        Object pid = data.ask(Map.of("command", "status")).get("pid");
        Optional<ProcessHandle> master =
                pid instanceof Long number ? ProcessHandle.of(number) : Optional.empty();
        Map<String, Object> answer = data.ask(Map.of("command", "stop", "now", now));
        long seconds = answer.get("seconds") instanceof Long given ? given : 0;
        if (master.isPresent() && !ended(master.get(), seconds + MARGIN_SECONDS)) {
            System.err.printf("pid %s on %s still runs%n", pid, directory.root());
            return 1;
        }
        return 0;
    }

    private static boolean ended(ProcessHandle master, long seconds) throws InterruptedException {
        try {
            master.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
