package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command of the contract that this version doesn't have: says so instead of half doing it. */
@Command(description = "Not in this version.")
final class LaterCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws BadConfiguration {
        System.err.printf(
                "this version has no %s yet; stop and up on %s do the same with a pause%n",
                spec.name(), data.directory().root());
        return 2;
    }
}
