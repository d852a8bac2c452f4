package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.load.Plan;
import io.sluice.benchmarks.measure.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** nginx that takes files by PUT, as its dav module does: a temporary file and a rename. */
public final class Nginx implements Server {
    private static final int START_SECONDS = 10;
    private static final String PREFIX = "/put/";

    private final String name;
    private final int port;
    private final Process process;

    private Nginx(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /** Where it is installed. */
    public static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts one, with a worker for each core.
     *
     * @param buffer its client_body_buffer_size
     * @throws IOException if it doesn't start
     * @throws InterruptedException if the caller doesn't want to wait any more
     */
    public static Nginx start(Workplace place, Path program, String buffer)
            throws IOException, InterruptedException {
        String name = "nginx " + buffer;
        Path directory = Files.createDirectory(place.directory().resolve("nginx-" + buffer));
        Files.createDirectory(directory.resolve("put"));
        int port = Port.free();
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, configuration(directory, port, buffer));
        Process process =
                place.start(
                        "nginx-" + buffer,
                        List.of(
                                program.toString(),
                                "-e",
                                directory.resolve("error.log").toString(),
                                "-c",
                                configuration.toString(),
                                "-g",
                                "daemon off;"));
        Nginx nginx = new Nginx(name, port, process);
        nginx.awaitPort();
        return nginx;
    }

    private static String configuration(Path directory, int port, String buffer) {
        String text =
                """
                worker_processes auto; USER pid DIR/nginx.pid; worker_rlimit_nofile 16384;
                events { worker_connections 4096; }
                http {
                  access_log off; keepalive_requests 1000000;
                  client_max_body_size 0; client_body_buffer_size BUFFER;
                  client_body_temp_path DIR/body 1 2; proxy_temp_path DIR/proxy;
                  fastcgi_temp_path DIR/fastcgi; uwsgi_temp_path DIR/uwsgi; scgi_temp_path DIR/scgi;
                  server {
                    listen 127.0.0.1:PORT backlog=4096;
                    location /put/ { root DIR; dav_methods PUT DELETE; create_full_put_path on; }
                  }
                }
                """;
        // As root its workers would become nobody, who may not write here.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        return text.replace("USER", user)
                .replace("DIR", directory.toString())
                .replace("BUFFER", buffer)
                .replace("PORT", Integer.toString(port));
    }

    private void awaitPort() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
                return;
            } catch (SocketException e) {
                boolean hasEnded = process.waitFor(10, TimeUnit.MILLISECONDS);
                if (hasEnded || System.nanoTime() - deadline > 0) {
                    throw new IOException(name + " doesn't listen on " + port, e);
                }
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Processes processes() {
        return new Processes(process.toHandle());
    }

    @Override
    public List<Long> front() {
        return processes().pids();
    }

    @Override
    public boolean takes(Way way) {
        return way == Way.RAW;
    }

    @Override
    public Plan plan(Load load) {
        return load.plan(port, List.of(), Plan.Method.PUT, PREFIX + load.name() + "-");
    }

    @Override
    public Plan deletion(Load load) {
        return load.deletion(port, List.of());
    }

    @Override
    public void settle() {
        // It has nothing to do behind an answer.
    }
}
