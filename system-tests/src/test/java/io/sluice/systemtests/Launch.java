package io.sluice.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How to start a Sluice.
 *
 * @param port of the API; the same at each start, as clients would expect
 * @param settings each a {@code --set}
 */
record Launch(Path data, int port, @Nullable Path config, Map<String, String> settings) {
    /** Below the ports that the kernel gives to clients, so that none takes ours in a restart. */
    private static final int FIRST_PORT = 18_000;

    private static final int PORTS = 12_000;

    Launch {
        settings = Map.copyOf(settings);
    }

    /** A Sluice on an empty data directory, with the built-in scanner only. */
    static Launch fresh(String name) throws IOException {
        Path data = Path.of("target", "run", name).toAbsolutePath();
        Trees.delete(data);
        Files.createDirectories(data.getParent());
        return on(data);
    }

    /** A Sluice on a data directory that is not there yet, with the built-in scanner only. */
    static Launch on(Path data) throws IOException {
        Diagnosis.watch(data);
        return new Launch(data, freePort(), null, Map.of("sluice.scan.clamd.address", "off"));
    }

    /** A port that nobody has now. */
    static int freePort() throws IOException {
        Random random = new Random();
        for (int tries = 0; tries < 100; tries++) {
            int port = FIRST_PORT + random.nextInt(PORTS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port found");
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Launch with(String key, Object value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value.toString());
        return new Launch(data, port, config, more);
    }

    Launch withConfig(Path file) {
        return new Launch(data, port, file, settings);
    }

    /** The arguments of {@code ./sluice}. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        arguments.addAll(List.of("--port", Integer.toString(port)));
        if (config != null) {
            arguments.addAll(List.of("--config", config.toAbsolutePath().toString()));
        }
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return arguments;
    }

    /** Starts it, and returns when it has said that it is ready. */
    Sluice start() throws IOException, InterruptedException {
        return Sluice.start(this);
    }
}
