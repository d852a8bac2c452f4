package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import io.sluice.master.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say with which settings to run. */
final class ConfigurationOptions {
    private static final List<String> MANAGEMENT_PORTS =
            List.of(
                    "sluice.edge.management-port",
                    "sluice.processor.management-port",
                    "sluice.cache-manager.management-port");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory (default: ./var)")
    @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "the port of the edge; takes free management ports")
    @Nullable Integer port;

    @Option(names = "--config", paramLabel = "FILE", description = "a YAML file of settings")
    @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "a setting; may be given often, and wins over the file")
    List<String> assignments = new ArrayList<>();

    /** The settings that the options, the environment and the file give together. */
    Settings settings(Map<String, String> environment) throws BadConfiguration {
        List<String> all = new ArrayList<>(assignments);
        if (data != null) {
            all.add("sluice.data=" + data);
        }
        if (port != null) {
            all.add("sluice.edge.port=" + port);
            Settings given = Settings.load(config, all, environment);
            MANAGEMENT_PORTS.stream()
                    .filter(key -> given.find(key).isEmpty())
                    .forEach(key -> all.add(key + "=0"));
        }
        return Settings.load(config, all, environment);
    }
}
