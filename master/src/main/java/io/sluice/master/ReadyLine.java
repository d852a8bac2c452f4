package io.sluice.master;

import io.sluice.master.config.DataDirectory;
import io.sluice.master.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What {@code up} prints once, when everything is ready. */
final class ReadyLine {
    private ReadyLine() {}

    static String of(Settings settings, DataDirectory data, Map<String, Object> edgePorts) {
        String line =
                "ready in %.1f s  http://%s:%s"
                        .formatted(
                                seconds(),
                                host(settings.find("sluice.edge.bind").orElse("127.0.0.1")),
                                edgePorts.getOrDefault("http", "?"));
        return Files.exists(data.adminKey()) ? line + "  key " + shown(data.adminKey()) : line;
    }

    /** Since the script handed over, or since this JVM's start. */
    private static double seconds() {
        String started = System.getProperty("sluice.started");
        double since =
                started == null
                        ? ProcessHandle.current()
                                .info()
                                .startInstant()
                                .map(start -> start.toEpochMilli() / 1000.0)
                                .orElseThrow()
                        : Double.parseDouble(started.replace(',', '.'));
        return System.currentTimeMillis() / 1000.0 - since;
    }

    private static String host(String bind) {
        return switch (bind.toLowerCase(Locale.ROOT)) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> bind.contains(":") ? "[" + bind + "]" : bind;
        };
    }

    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}
