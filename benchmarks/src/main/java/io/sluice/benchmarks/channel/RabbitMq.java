package io.sluice.benchmarks.channel;

import io.sluice.benchmarks.peer.Port;
import io.sluice.benchmarks.peer.Workplace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Debian's RabbitMQ on loopback, with nothing outside the workplace; or the broker that is set. */
final class RabbitMq {
    /** Names a broker that runs. */
    static final String VARIABLE = "SLUICE_BENCH_AMQP_URI";

    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final String FILE = "amqp-uri";
    private static final int START_SECONDS = 90;
    private static final int LOOK_MS = 100;

    private RabbitMq() {}

    /** The URI for a contender's two processes, which {@link #announce} has left for them. */
    static String uri(Path directory) throws IOException {
        return Files.readString(directory.resolve(FILE));
    }

    static void announce(Path directory, String uri) throws IOException {
        Files.writeString(Files.createDirectories(directory).resolve(FILE), uri);
    }

    /**
     * Where there is one, after it was started if need be; null if there is none here.
     *
     * @throws IOException if it doesn't start
     */
    static @Nullable String start(Workplace place) throws IOException, InterruptedException {
        String set = System.getenv(VARIABLE);
        if (set != null) {
            return set;
        }
        if (!Files.isExecutable(SERVER)) {
            System.err.println("no RabbitMQ here, and " + VARIABLE + " names none");
            return null;
        }
        int port = Port.free();
        Process server =
                place.start("rabbitmq", command(place.directory().resolve("rabbit"), port));
        for (int waited = 0; waited < START_SECONDS * 1_000; waited += LOOK_MS) {
            if (server.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                break;
            }
            if (isListening(port)) {
                return "amqp://guest:guest@127.0.0.1:" + port;
            }
        }
        throw new IOException("RabbitMQ doesn't start");
    }

    private static List<String> command(Path home, int port) throws IOException {
        Files.writeString(Files.createDirectories(home).resolve("plugins"), "[].");
        Map<String, Object> environment =
                Map.of(
                        "HOME",
                        home,
                        "RABBITMQ_NODENAME",
                        "sluice-bench-" + port + "@localhost",
                        "RABBITMQ_NODE_PORT",
                        port,
                        "RABBITMQ_NODE_IP_ADDRESS",
                        "127.0.0.1",
                        "RABBITMQ_DIST_PORT",
                        Port.free(),
                        "RABBITMQ_MNESIA_BASE",
                        home.resolve("data"),
                        "RABBITMQ_LOG_BASE",
                        home.resolve("log"),
                        "RABBITMQ_CONFIG_FILE",
                        home.resolve("rabbitmq"),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        home.resolve("plugins"),
                        // A node without a name service of its own would leave a daemon behind.
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-start_epmd false -erl_epmd_port " + Port.free());
        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.add(SERVER.toString());
        return command;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LOOK_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
