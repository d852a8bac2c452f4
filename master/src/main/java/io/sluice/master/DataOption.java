package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import io.sluice.master.config.DataDirectory;
import io.sluice.master.config.Settings;
import io.sluice.master.supervisor.MasterClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which master a command speaks to. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory (default: ./var)")
    @Nullable Path data;

    DataDirectory directory() throws BadConfiguration {
        return new DataDirectory(
                data != null
                        ? data
                        : Path.of(
                                Settings.load(null, List.of(), System.getenv())
                                        .find("sluice.data")
                                        .orElse("var")));
    }

    /** Gives the running master an order, or says that there is none. */
    Map<String, Object> ask(Map<String, Object> order) throws BadConfiguration {
        DataDirectory directory = directory();
        try (MasterClient client = MasterClient.connect(directory)) {
            return client.ask(order);
        } catch (IOException e) {
            throw new BadConfiguration(
                    "nothing runs on %s; ./sluice up starts it".formatted(directory.root()));
        }
    }
}
