package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "up", description = "Runs everything in the foreground; Ctrl-C drains and ends it.")
final class UpCommand implements Callable<Integer> {
    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    @Override
    public Integer call() throws BadConfiguration, IOException {
        return new Master(options.settings(System.getenv()), System.getenv(), System.err)
                .run(System.out);
    }
}
