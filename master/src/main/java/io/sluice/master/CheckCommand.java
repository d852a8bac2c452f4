package io.sluice.master;

import io.sluice.master.check.ConfigurationCheck;
import io.sluice.master.child.Installation;
import io.sluice.master.config.BadConfiguration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "check", description = "Validates the configuration and starts nothing.")
final class CheckCommand implements Callable<Integer> {
    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    @Override
    public Integer call() throws BadConfiguration {
        Set<String> errors =
                new ConfigurationCheck(
                                Installation.current(),
                                options.settings(System.getenv()),
                                System.getenv())
                        .errors();
        if (!errors.isEmpty()) {
            errors.forEach(System.err::println);
            return 1;
        }
        System.out.println("the configuration is good");
        return 0;
    }
}
