package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reopen-logs",
        description = "Goes on in new log files, after the old ones were renamed.")
final class ReopenLogsCommand implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws BadConfiguration {
        return Boolean.TRUE.equals(data.ask(Map.of("command", "reopen-logs")).get("ok")) ? 0 : 1;
    }
}
