package io.sluice.channel.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's RabbitMQ as a child process: on loopback, on ports of its own, with nothing outside one
 * directory, and with an epmd of its own. Started once for all tests, and ended with their JVM.
 */
public final class RabbitBroker {
    private static final Path SCRIPTS = Path.of("/usr/lib/rabbitmq/bin");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static @Nullable RabbitBroker shared; // guarded by the class

    private final Path home;
    private final int port = freePort();
    private final Map<String, String> environment;
    private @Nullable Process server;

    RabbitBroker(Path home) throws IOException {
        this(home, "");
    }

    /** With more in its configuration file. */
    RabbitBroker(Path home, String configuration) throws IOException {
        this.home = Files.createDirectories(home);
        Files.writeString(home.resolve("rabbitmq.conf"), configuration);
        Files.writeString(home.resolve("plugins"), "[].");
        environment =
                new HashMap<>(
                        Map.of(
                                "HOME", home.toString(),
                                "RABBITMQ_NODENAME", "sluice-test-" + port + "@localhost",
                                "RABBITMQ_NODE_PORT", String.valueOf(port),
                                "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
                                "RABBITMQ_MNESIA_BASE", home.resolve("data").toString(),
                                "RABBITMQ_LOG_BASE", home.resolve("log").toString(),
                                "RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq").toString(),
                                "RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("plugins").toString(),
                                "RABBITMQ_PID_FILE", home.resolve("pid").toString()));
        environment.put("RABBITMQ_DIST_PORT", String.valueOf(freePort()));
        environment.put("ERL_EPMD_PORT", String.valueOf(freePort()));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "-kernel inet_dist_use_interface {127,0,0,1}");
    }

    /** The one of all tests; they are skipped where RabbitMQ isn't installed. */
    public static synchronized RabbitBroker shared() {
        assumeInstalled();
        if (shared == null) {
            try {
                RabbitBroker broker = new RabbitBroker(Files.createTempDirectory("rabbit"));
                Runtime.getRuntime().addShutdownHook(new Thread(broker::end));
                broker.start();
                shared = broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    static void assumeInstalled() {
        Assumptions.assumeTrue(
                Files.isExecutable(SCRIPTS.resolve("rabbitmq-server")),
                "RabbitMQ is not installed (Debian: rabbitmq-server)");
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, with the user that may do everything. */
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    /** Starts it, or starts it again with what it had on disk. */
    void start() throws IOException {
        launch();
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(50)).until(this::isListening);
    }

    void launch() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(SCRIPTS.resolve("rabbitmq-server").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("out").toFile());
        builder.environment().putAll(environment);
        server = builder.start();
    }

    private boolean isListening() {
        assertThat(server).as("see " + home.resolve("out")).matches(Process::isAlive);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As a power cut would. */
    void kill() {
        Process running = server;
        if (running != null) {
            List<ProcessHandle> family = running.descendants().toList();
            family.forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().onExit().join();
            family.forEach(member -> member.onExit().join());
        }
    }

    /** One of its commands, such as {@code close_all_connections}. */
    void control(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(SCRIPTS.resolve("rabbitmqctl").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("control").toFile());
        builder.command().addAll(List.of(command));
        builder.environment().putAll(environment);
        Process running = builder.start();
        assertThat(running.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(home.resolve("control"))).isZero();
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** With its epmd, which leaves its parent's family. */
    void end() {
        kill();
        try {
            ProcessBuilder epmd = new ProcessBuilder("epmd", "-kill");
            epmd.environment().putAll(environment);
            var _ = epmd.start().waitFor(10, TimeUnit.SECONDS);
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
